package io.clicktrail.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the Avro binary of one type, after the header of a serde.
 *
 * <p>Kafka Streams shares one serde among all its threads, so encoders, decoders and readers are reused per thread.
 */
final class AvroBody<T extends SpecificRecord> {

    /** A buffer that grew beyond this is not reused. */
    private static final int KEPT_BUFFER_BYTES = 1 << 20;

    static {
        AvroSetup.install();
    }

    private final Class<T> type;
    private final SpecificData model;
    private final Schema schema;
    private final DatumWriter<T> writer;
    private final ThreadLocal<Output> outputs = ThreadLocal.withInitial(Output::new);
    private final ThreadLocal<Input> inputs = ThreadLocal.withInitial(Input::new);

    AvroBody(Class<T> type) {
        this.type = type;
        this.model = SpecificData.getForClass(type);
        this.schema = model.getSchema(type);
        this.writer = writer(model, schema);
    }

    Schema schema() {
        return schema;
    }

    /** Header and body in one new array. */
    byte[] write(byte[] header, T value) {
        var output = outputs.get();
        output.buffer.reset();
        output.buffer.writeBytes(header);
        try {
            output.encoder = EncoderFactory.get().binaryEncoder(output.buffer, output.encoder);
            writer.write(value, output.encoder);
            output.encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
            // The encoder still holds a part of the record.
            outputs.remove();
            throw new SerializationException("A " + type.getSimpleName() + " does not fit its schema", e);
        }
        var bytes = output.buffer.toByteArray();
        if (bytes.length > KEPT_BUFFER_BYTES) {
            outputs.remove();
        }
        return bytes;
    }

    /**
     * The value that starts at an offset.
     *
     * @param writerKey identifies the writer's schema; readers are cached by it
     * @param writerSchema schema that the value was written with
     */
    T read(Object writerKey, Schema writerSchema, byte[] bytes, int offset) {
        var input = inputs.get();
        var reader = input.readers.get(writerKey);
        if (reader == null) {
            reader = reader(writerSchema);
            input.readers.put(writerKey, reader);
        }
        try {
            input.decoder = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, input.decoder);
            return reader.read(null, input.decoder);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new SerializationException(
                    "Not a readable " + type.getSimpleName() + " (" + bytes.length + " bytes)", e);
        }
    }

    @SuppressWarnings("unchecked") // the model is the one of the type
    private DatumReader<T> reader(Schema writerSchema) {
        return (DatumReader<T>) model.createDatumReader(writerSchema, schema);
    }

    @SuppressWarnings("unchecked") // the model is the one of the type
    private static <T> DatumWriter<T> writer(SpecificData model, Schema schema) {
        return (DatumWriter<T>) model.createDatumWriter(schema);
    }

    private static final class Output {
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
        private @Nullable BinaryEncoder encoder;
    }

    private final class Input {
        private final Map<Object, DatumReader<T>> readers = new HashMap<>();
        private @Nullable BinaryDecoder decoder;
    }
}
