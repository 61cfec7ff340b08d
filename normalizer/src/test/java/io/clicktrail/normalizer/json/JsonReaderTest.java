package io.clicktrail.normalizer.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.raw.InputLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a reader has learned of the documents before changes nothing in how it reads the next. */
class JsonReaderTest {

    private static final int ROUNDS = 20_000;

    /**
     * Names of all lengths that are compared in another way, some with equal ends or beginnings, every other one
     * wanted.
     */
    private static final List<String> NAMES = List.of(
            "",
            "a",
            "id",
            "type",
            "event",
            "eventx",
            "SourceIp",
            "SourceIpv",
            "DestinationIp",
            "DestinationIps",
            "ParentProcessId",
            "ParentProcessIdx",
            "aaaaaaaabbbbbbbbcccccccc",
            "aaaaaaaabbbxbbbbcccccccc",
            "aaaaaaaabbbbbbbbccccccccddddddddd",
            "aaaaaaaabbbbbbbbxcccccccddddddddd",
            "grün",
            "path.to.it",
            "back\\\\slash",
            "\\u0061");

    private final Random random = new Random(20260302);

    @Test
    void readsADocumentTheSameWhateverItReadBefore() {
        JsonPaths paths = new JsonPaths();
        List<Integer> slots = slots(paths);
        JsonReader experienced = new JsonReader(paths, InputLimits.DEFAULT);
        JsonFields fields = experienced.newFields();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] document = document(0).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(4) == 0) {
                document[random.nextInt(document.length)] = (byte) "\"\\:,{}[]n0a".charAt(random.nextInt(11));
            }
            JsonPaths untouched = new JsonPaths();
            slots(untouched);
            JsonReader fresh = new JsonReader(untouched, InputLimits.DEFAULT);

            assertThat(read(experienced, fields, slots, document))
                    .as("seed 20260302, round %d: %s", i, new String(document, StandardCharsets.UTF_8))
                    .isEqualTo(read(fresh, fresh.newFields(), slots, document));
        }
    }

    @Test
    void forgetsNothingWhereMoreNamesComeThanItLearns() {
        JsonPaths paths = new JsonPaths();
        int wanted = paths.field("wanted");
        JsonReader reader = new JsonReader(paths, InputLimits.DEFAULT);
        JsonFields fields = reader.newFields();
        for (int i = 0; i < 1000; i++) {
            byte[] document = ("{\"junk" + i + "\":1,\"more" + i + "\":{\"wanted\":0},\"wanted\":" + i + "}")
                    .getBytes(StandardCharsets.UTF_8);
            reader.read(reader.open(document, 0, document.length), document, fields);

            assertThat(fields.get(wanted)).isEqualTo(Integer.toString(i));
        }
    }

    private static List<Integer> slots(JsonPaths paths) {
        List<Integer> slots = new ArrayList<>();
        for (int i = 1; i < NAMES.size(); i += 2) {
            slots.add(i % 4 == 1 ? paths.field(NAMES.get(i)) : paths.recurring(NAMES.get(i)));
            slots.add(paths.field("event." + NAMES.get(i)));
        }
        return slots;
    }

    /** All that can be said of a document, or what broke it. */
    private static List<String> read(JsonReader reader, JsonFields fields, List<Integer> slots, byte[] document) {
        try {
            JsonScanner cursor = reader.open(document, 0, document.length);
            reader.read(cursor, document, fields);
            List<String> all = new ArrayList<>();
            all.add("ends at " + cursor.at() + " with " + fields.topLevelNames());
            for (int slot : slots) {
                all.add(slot + " " + fields.all(slot) + " " + fields.has(slot) + " " + fields.isObject(slot));
            }
            return all;
        } catch (JsonFault e) {
            return List.of(e.reason() + " at " + e.at());
        }
    }

    private String document(int depth) {
        List<String> names = new ArrayList<>(NAMES);
        if (random.nextBoolean()) {
            Collections.shuffle(names, random);
        }
        StringBuilder text = new StringBuilder("{");
        for (String name : names.subList(0, random.nextInt(names.size()))) {
            text.append(text.length() > 1 ? "," : "").append(random.nextInt(8) == 0 ? " " : "");
            text.append('"').append(name).append(random.nextInt(16) == 0 ? "\" :" : "\":");
            text.append(random.nextInt(8) == 0 ? " " : "").append(value(depth));
        }
        return text.append('}').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth < 2 ? 7 : 5)) {
            case 0 -> Integer.toString(random.nextInt());
            case 1 -> "null";
            case 2 -> "\"C:\\\\Users\\\\ada\\u00e4\\n\"";
            case 3 -> "\"" + "recurring value".repeat(random.nextInt(3)) + "\"";
            case 4 -> "[\"x\",true,{\"a\":1}]";
            default -> document(depth + 1);
        };
    }
}
