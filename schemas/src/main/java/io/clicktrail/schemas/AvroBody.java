package io.clicktrail.schemas;

import io.clicktrail.schemas.binary.RecordCodec;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the Avro binary of one type, after the header of a serde: with {@link RecordCodec}, and with Avro's
 * resolving reader where the writer had another schema.
 *
 * <p>Kafka Streams shares one serde among all its threads, so buffers, decoders and readers are reused per thread.
 */
final class AvroBody<T extends SpecificRecord> {

    static {
        AvroSetup.install();
    }

    private final Class<T> type;
    private final SpecificData model;
    private final Schema schema;
    private final RecordCodec<T> codec;
    private final String canonical;
    private final ThreadLocal<Map<Object, BodyReader<T>>> readers = ThreadLocal.withInitial(HashMap::new);

    AvroBody(Class<T> type) {
        this.type = type;
        this.model = SpecificData.getForClass(type);
        this.schema = model.getSchema(type);
        this.codec = new RecordCodec<>(schema, model);
        this.canonical = SchemaNormalization.toParsingForm(schema);
    }

    Schema schema() {
        return schema;
    }

    /** Header and body in one new array. */
    byte[] write(byte[] header, T value) {
        try {
            return codec.write(header, value);
        } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new SerializationException("A " + type.getSimpleName() + " does not fit its schema", e);
        }
    }

    /**
     * The value that starts at an offset.
     *
     * @param writerKey identifies the writer's schema; readers are cached by it
     * @param writerSchema schema that the value was written with
     */
    T read(Object writerKey, Schema writerSchema, byte[] bytes, int offset) {
        Map<Object, BodyReader<T>> known = readers.get();
        BodyReader<T> reader = known.get(writerKey);
        if (reader == null) {
            reader = reader(writerSchema);
            known.put(writerKey, reader);
        }
        try {
            return reader.read(bytes, offset);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            throw new SerializationException(
                    "Not a readable " + type.getSimpleName() + " (" + bytes.length + " bytes)", e);
        }
    }

    /** Schemas of one canonical form have the same bytes. */
    private BodyReader<T> reader(Schema writerSchema) {
        return SchemaNormalization.toParsingForm(writerSchema).equals(canonical)
                ? codec::read
                : new Resolving<>(resolving(writerSchema));
    }

    @SuppressWarnings("unchecked") // the model is the one of the type
    private DatumReader<T> resolving(Schema writerSchema) {
        return (DatumReader<T>) model.createDatumReader(writerSchema, schema);
    }

    @FunctionalInterface
    private interface BodyReader<T> {
        T read(byte[] bytes, int offset) throws IOException;
    }

    /** Of one thread. */
    private static final class Resolving<T> implements BodyReader<T> {
        private final DatumReader<T> reader;
        private @Nullable BinaryDecoder decoder;

        Resolving(DatumReader<T> reader) {
            this.reader = reader;
        }

        @Override
        public T read(byte[] bytes, int offset) throws IOException {
            decoder = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, decoder);
            return reader.read(null, decoder);
        }
    }
}
