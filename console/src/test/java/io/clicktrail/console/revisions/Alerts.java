package io.clicktrail.console.revisions;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/** Alerts for tests. */
public final class Alerts {

    private Alerts() {}

    /** An alert with the least that its schema wants. */
    public static Alert least(String id) {
        try {
            var bytes = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(Alert.getClassSchema()).write(least(Alert.getClassSchema()), encoder);
            encoder.flush();
            var alert = new SpecificDatumReader<>(Alert.class)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
            return Alert.newBuilder(alert)
                    .setAlertId(id)
                    .setRevision(1)
                    .setState(CaseState.NEW)
                    .setTitle("A story of " + id)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object least(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                var record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), least(field.schema())));
                yield record;
            }
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getLast());
            case ARRAY -> List.of();
            case MAP -> Map.of();
            case UNION -> schema.isNullable() ? null : least(schema.getTypes().getFirst());
            case STRING -> "text";
            case INT -> 1;
            case LONG -> 1_772_500_000_000_000L;
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
            case BOOLEAN -> false;
            default -> throw new IllegalArgumentException(schema.toString());
        };
    }
}
