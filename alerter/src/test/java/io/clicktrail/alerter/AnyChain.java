package io.clicktrail.alerter;

import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.schemas.AvroSetup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Chains by chance: stories of which stages, telemetry and fields are missing and whose texts are odd, and records of
 * which every field is anything that the schema of detections allows.
 */
public final class AnyChain {

    private static final List<String> ANALYTICS = List.of("AN0178", "AN0179", "AN0180");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            ".",
            "\u0000",
            "\u202Etxt.exe",
            "\uD83D",
            "😀.pdf",
            "https://login.evil.top/a?b=c#d",
            "hxxps://evil[.]top",
            "http://[2001:db8::1]:8080/x",
            "http://user@evil.top:0/%zz",
            "//",
            "://",
            "203.0.113.7",
            "999.1.1.1",
            "2001:db8::1",
            "fe80::1%eth0",
            "bücher.example",
            "xn--bcher-kva.example",
            "evil.top.",
            "billing.pages.dev",
            "C:\\Users\\é\\Rechnung's \"7\".xlsm",
            "/tmp/$(id)`x`",
            "\\\\server\\share\\x",
            "'] OR [url:value = 'x",
            "</script><img src=x>",
            "![x](javascript:1)",
            "| a | b |\n---",
            "Alice@corp.example",
            "corp\\alice",
            "<m1@mail.example>",
            "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
            "9C56CC51",
            "请".repeat(700),
            "\\".repeat(3000));

    static {
        AvroSetup.install();
    }

    private final Random random;

    private AnyChain(Random random) {
        this.random = random;
    }

    /** Chains of a seed: of every three one is all chance, the others are stories with holes. */
    public static List<Detection> of(long seed, int count) {
        var any = new AnyChain(new Random(seed));
        var chains = new ArrayList<Detection>();
        for (int number = 0; number < count; number++) {
            chains.add(number % 3 == 0 ? any.chance() : any.story());
        }
        return chains;
    }

    /** Every field by chance, with evidence of one stage at least. */
    private Detection chance() {
        Detection detection = record(Detection.getClassSchema(), 0);
        var evidence = new ArrayList<StageEvidence>();
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            evidence.add(record(StageEvidence.getClassSchema(), 1));
        }
        return Detection.newBuilder(detection)
                .setAnalyticId(ANALYTICS.get(random.nextInt(ANALYTICS.size())))
                .setEvidence(evidence)
                .build();
    }

    /** A story of which stages are missing, with some fields of its evidence lost or odd. */
    private Detection story() {
        Detection story = random.nextBoolean() ? Stories.executed() : Stories.downloaded();
        Set<Stage> kept = EnumSet.of(Stage.values()[random.nextInt(Stage.values().length)]);
        for (Stage stage : Stage.values()) {
            if (random.nextInt(3) > 0) {
                kept.add(stage);
            }
        }
        List<StageEvidence> evidence = story.getEvidence().stream()
                .filter(item -> kept.contains(item.getStage()))
                .map(item -> changed(item, 12))
                .toList();
        Detection holed = evidence.isEmpty() ? story : Stories.withEvidence(story, evidence);
        return Detection.newBuilder(holed)
                .setUser(random.nextBoolean() ? holed.getUser() : null)
                .setDomain(random.nextInt(4) == 0 ? null : changed(holed.getDomain(), 8))
                .build();
    }

    /** A copy of which one field in so many is lost or another. */
    @SuppressWarnings("unchecked")
    private <T extends SpecificRecordBase> T changed(T record, int oneIn) {
        var copy = (T) SpecificData.get().newRecord(null, record.getSchema());
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            copy.put(
                    field.pos(),
                    random.nextInt(oneIn) == 0
                            ? value(field.schema(), 2)
                            : value instanceof SpecificRecordBase inner ? changed(inner, oneIn) : value);
        }
        return copy;
    }

    @SuppressWarnings("unchecked")
    private <T extends SpecificRecordBase> T record(Schema schema, int depth) {
        var record = (T) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), depth));
        }
        return record;
    }

    private @Nullable Object value(Schema schema, int depth) {
        return switch (schema.getType()) {
            case UNION -> union(schema, depth);
            case RECORD -> record(schema, depth + 1);
            case ARRAY -> items(schema, depth);
            case ENUM -> symbol(schema);
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
            case INT -> random.nextInt(101);
            case LONG ->
                schema.getLogicalType() == null
                        ? (Object) random.nextLong(1L << 40)
                        : Instant.ofEpochMilli(Stories.CLICK_TIME.toEpochMilli() + random.nextInt(3_600_000));
            case BOOLEAN -> random.nextBoolean();
            case DOUBLE -> random.nextDouble();
            case NULL -> null;
            case MAP, BYTES, FIXED, FLOAT -> throw new AssertionError("not in detections: " + schema);
        };
    }

    private @Nullable Object union(Schema schema, int depth) {
        List<Schema> kinds = schema.getTypes().stream()
                .filter(kind -> kind.getType() != Schema.Type.NULL)
                .toList();
        return random.nextInt(3) == 0 ? null : value(kinds.get(random.nextInt(kinds.size())), depth);
    }

    private List<@Nullable Object> items(Schema schema, int depth) {
        var items = new ArrayList<@Nullable Object>();
        for (int left = random.nextInt(3); left > 0; left--) {
            items.add(value(schema.getElementType(), depth + 1));
        }
        return items;
    }

    private Object symbol(Schema schema) {
        Object[] symbols = SpecificData.get().getClass(schema).getEnumConstants();
        return symbols[random.nextInt(symbols.length)];
    }
}
