package io.clicktrail.schemas.binary;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro binary of one type by its own schema: the same bytes as Avro's writer, the same values as Avro's reader.
 *
 * <p>Avro's writer looks at the schema again for every field of every record: which branch of a union a value is, which
 * conversion a logical type has. Here the schema becomes a tree of codecs once, and unions are of null and one more
 * type. That costs less than half. Records of another schema are for Avro's resolving reader.
 *
 * <p>Lists that were read can't be changed; so are the generated types.
 */
public final class RecordCodec<T extends SpecificRecord> {

    /** Codecs have no state, and types are in many others: each is compiled once a process. */
    private static final Map<Schema, FieldCodec> RECORDS = new HashMap<>();

    private final FieldCodec root;
    private final ThreadLocal<BinaryOutput> outputs = ThreadLocal.withInitial(BinaryOutput::new);

    /**
     * The codec of a generated class.
     *
     * @param schema of the class
     * @throws IllegalArgumentException where the schema has a type that none of our schemas has
     */
    public RecordCodec(Schema schema, SpecificData model) {
        synchronized (RECORDS) {
            this.root = new Builder(model).record(schema);
        }
    }

    /**
     * Header and body in one new array.
     *
     * @throws NullPointerException where a field that is not optional has no value
     */
    public byte[] write(byte[] header, T value) {
        BinaryOutput output = outputs.get();
        output.start(header);
        root.write(value, output);
        return output.finish();
    }

    /**
     * The value that starts at an offset.
     *
     * @throws AvroRuntimeException or
     * @throws IndexOutOfBoundsException where there is none
     */
    @SuppressWarnings("unchecked") // the schema is that of the type
    public T read(byte[] bytes, int offset) {
        return (T) root.read(new BinaryInput(bytes, offset));
    }

    private static final class Builder {

        private final SpecificData model;

        Builder(SpecificData model) {
            this.model = model;
        }

        FieldCodec record(Schema schema) {
            FieldCodec known = RECORDS.get(schema);
            if (known == null) {
                known = compiled(schema);
                RECORDS.put(schema, known);
            }
            return known;
        }

        private FieldCodec compiled(Schema schema) {
            List<Schema> types =
                    schema.getFields().stream().map(Schema.Field::schema).toList();
            int[] nulls = types.stream().mapToInt(Builder::nullIndex).toArray();
            var codecs = new FieldCodec[types.size()];
            for (int i = 0; i < codecs.length; i++) {
                codecs[i] = codec(
                        nulls[i] < 0 ? types.get(i) : types.get(i).getTypes().get(1 - nulls[i]));
            }
            return CompiledRecord.of(type(schema), schema, codecs, nulls);
        }

        private FieldCodec codec(Schema schema) {
            return switch (schema.getType()) {
                case RECORD -> record(schema);
                case ENUM -> new FieldCodec.EnumCodec(constants(schema));
                case ARRAY -> new FieldCodec.ArrayCodec(codec(schema.getElementType()));
                case MAP -> new FieldCodec.MapCodec(codec(schema.getValueType()));
                case UNION -> optional(schema);
                case STRING -> new FieldCodec.TextCodec();
                case INT -> plain(schema, new FieldCodec.IntCodec());
                case LONG ->
                    schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
                            ? new FieldCodec.TimeCodec()
                            : plain(schema, new FieldCodec.LongCodec());
                case DOUBLE -> plain(schema, new FieldCodec.DoubleCodec());
                case BOOLEAN -> new FieldCodec.BooleanCodec();
                case FLOAT, BYTES, FIXED, NULL -> throw unknown(schema);
            };
        }

        private FieldCodec optional(Schema union) {
            int nullIndex = nullIndex(union);
            return new FieldCodec.OptionalCodec(codec(union.getTypes().get(1 - nullIndex)), nullIndex);
        }

        /** Index of null in a union; below 0 for any other type. */
        private static int nullIndex(Schema schema) {
            if (schema.getType() != Schema.Type.UNION) {
                return -1;
            }
            List<Schema> types = schema.getTypes();
            int nullIndex = types.getFirst().getType() == Schema.Type.NULL ? 0 : 1;
            if (types.size() != 2 || types.get(nullIndex).getType() != Schema.Type.NULL) {
                throw unknown(schema);
            }
            return nullIndex;
        }

        private Object[] constants(Schema schema) {
            Object[] constants = type(schema).getEnumConstants();
            for (int i = 0; i < constants.length; i++) {
                if (schema.getEnumOrdinal(constants[i].toString()) != i) {
                    throw unknown(schema);
                }
            }
            return constants;
        }

        private Class<?> type(Schema schema) {
            return Objects.requireNonNull(model.getClass(schema), schema::getFullName);
        }

        private static FieldCodec plain(Schema schema, FieldCodec codec) {
            if (schema.getLogicalType() != null) {
                throw unknown(schema);
            }
            return codec;
        }

        private static IllegalArgumentException unknown(Schema schema) {
            return new IllegalArgumentException("no codec for " + schema);
        }
    }
}
