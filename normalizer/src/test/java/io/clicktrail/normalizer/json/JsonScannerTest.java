package io.clicktrail.normalizer.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.normalizer.parse.TypicalRecords;
import io.clicktrail.normalizer.raw.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** The scanner reads what Jackson reads, and refuses what Jackson refuses. */
class JsonScannerTest {

    private static final int DEPTH = 64;
    private static final int ROUNDS = 20_000;
    private static final String SPICE = "{}[]\"\\:,.-+0123456789eEtfnu \n\t\u0000\u0001/";
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
            .build();

    @Test
    void readsTypicalRecordsAsJacksonDoes() {
        assertThat(records()).isNotEmpty().allSatisfy(record -> {
            assertThat(scanned(record)).isNotNull();
            assertThat(scanned(record)).isEqualTo(parsed(record));
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_302})
    void readsOrRefusesDamagedRecordsAsJacksonDoes(long seed) {
        Random random = new Random(seed);
        List<byte[]> records = records();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] record = records.get(random.nextInt(records.size())).clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                record[1 + random.nextInt(record.length - 1)] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
            }
            assertThat(scanned(record))
                    .as("seed %d: %s", seed, new String(record, StandardCharsets.UTF_8))
                    .isEqualTo(parsed(record));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":[]}",
                "{\"a\":[1,-0,-1.5e+7,0.25,1E3,true,false,null]}",
                "{\"\\u0061\\n\\\"\\\\\\/\\b\\f\\r\\t\":\"\\ud83d\\ude00 \\ud800 \u00e4\u20ac\uD83D\uDE00\"}",
                "{\"a\":\"\u0000\u0001\u001f\"}",
                "{ \"a\" :\r\n\t1 , \"b\" : { } } behind",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":-}",
                "{\"a\":1x}",
                "{\"a\":truely}",
                "{\"a\":nul}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\",
                "{\"a\":\"b",
                "{\"a\":[1}",
                "{"
            })
    void readsOrRefusesOddDocumentsAsJacksonDoes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(scanned(bytes)).isEqualTo(parsed(bytes));
    }

    @Test
    void tellsWhatIsTooDeepFromWhatIsBroken() {
        byte[] deep = ("{\"a\":" + "[".repeat(DEPTH)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> scanner(deep).skip()).isInstanceOfSatisfying(JsonFault.class, fault -> {
            assertThat(fault.reason()).isEqualTo(Reason.TOO_DEEP);
            assertThat(fault.at()).isEqualTo(deep.length);
        });
    }

    private static List<byte[]> records() {
        return TypicalRecords.all().values().stream()
                .filter(record -> record[0] == '{')
                .toList();
    }

    private static JsonScanner scanner(byte[] bytes) {
        return new JsonScanner(bytes, 0, bytes.length, DEPTH, new JsonText());
    }

    private static @Nullable String scanned(byte[] bytes) {
        StringBuilder into = new StringBuilder();
        try {
            JsonScanner json = scanner(bytes);
            json.peek();
            scan(json, bytes, into);
            scanner(bytes).skip();
            return into.append(json.at()).toString();
        } catch (JsonFault e) {
            assertThat(e.at()).isBetween(0, bytes.length);
            return null;
        }
    }

    private static void scan(JsonScanner json, byte[] bytes, StringBuilder into) {
        switch (bytes[json.at()]) {
            case '{' -> {
                json.enter();
                into.append('{');
                for (boolean isFirst = true; json.next(isFirst, '}'); isFirst = false) {
                    json.name();
                    into.append(json.text()).append('=');
                    scan(json, bytes, into);
                }
                into.append('}');
            }
            case '[' -> {
                json.enter();
                into.append('[');
                for (boolean isFirst = true; json.next(isFirst, ']'); isFirst = false) {
                    scan(json, bytes, into);
                }
                into.append(']');
            }
            default -> {
                json.scalar();
                into.append(json.text()).append(';');
            }
        }
    }

    private static @Nullable String parsed(byte[] bytes) {
        StringBuilder into = new StringBuilder();
        try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), bytes)) {
            int depth = 0;
            do {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return null;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                switch (token) {
                    case START_OBJECT -> into.append('{');
                    case END_OBJECT -> into.append('}');
                    case START_ARRAY -> into.append('[');
                    case END_ARRAY -> into.append(']');
                    case PROPERTY_NAME -> into.append(parser.currentName()).append('=');
                    default -> into.append(parser.getString()).append(';');
                }
            } while (depth > 0);
            return into.append(parser.currentLocation().getByteOffset()).toString();
        } catch (JacksonException e) {
            return null;
        }
    }
}
