package io.clicktrail.streams;

import io.clicktrail.schemas.StateSerdes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Records of any of our types with every field filled, and numbers that every language can hold. */
final class SampleRecords {

    private static final long SOME_MICROS = 1_772_445_600_000_001L;

    private SampleRecords() {}

    static <T extends SpecificRecord> T of(Class<T> type) {
        var schema = SpecificData.get().getSchema(type);
        try {
            var bytes = new BinaryMessageEncoder<>(new GenericData(), schema).encode(value(schema, "value"));
            return new StateSerdes().of(type).deserializer().deserialize("sample", array(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(Schema schema, String name) {
        return switch (schema.getType()) {
            case RECORD -> {
                var builder = new GenericRecordBuilder(schema);
                schema.getFields().forEach(field -> builder.set(field, value(field.schema(), field.name())));
                yield builder.build();
            }
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getLast());
            case ARRAY ->
                List.of(value(schema.getElementType(), name + " 1"), value(schema.getElementType(), name + " 2"));
            case MAP -> Map.of("key", value(schema.getValueType(), name));
            case UNION -> value(schema.getTypes().getLast(), name);
            case STRING -> name + " · ünïcode 🔗";
            case BYTES, FIXED -> ByteBuffer.wrap(new byte[] {1, 2, 3});
            case INT -> 42;
            case LONG -> SOME_MICROS;
            case FLOAT -> 0.5f;
            case DOUBLE -> 0.25;
            case BOOLEAN -> true;
            case NULL -> throw new IllegalArgumentException("Null is last in the union of " + name);
        };
    }

    private static byte[] array(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
