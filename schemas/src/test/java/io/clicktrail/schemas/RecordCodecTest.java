package io.clicktrail.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.schemas.binary.RecordCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The codec beside Avro's own writer and reader, with random records of all our types. */
class RecordCodecTest {

    private static final int SAMPLES = 200;
    private static final long SEED = 20_261_130;
    private static final byte[] NO_HEADER = {};

    static Stream<Class<? extends SpecificRecord>> types() {
        AvroSetup.install();
        return SchemaHistoryTest.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void writesTheBytesOfAvrosWriter(Class<T> type) throws IOException {
        var both = new Both<>(type);

        for (byte[] sample : both.samples()) {
            T record = both.avroRead(sample);
            assertThat(both.codec.write(NO_HEADER, record)).isEqualTo(both.avroWritten(record));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void readsTheRecordsOfAvrosReader(Class<T> type) throws IOException {
        var both = new Both<>(type);

        for (byte[] sample : both.samples()) {
            assertThat(both.codec.read(sample, 0)).isEqualTo(both.avroRead(sample));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void refusesAnyBytesWithTheSameFewErrors(Class<T> type) throws IOException {
        var both = new Both<>(type);
        var random = new Random(SEED);

        for (byte[] sample : both.samples()) {
            byte[] broken = Arrays.copyOf(sample, random.nextInt(sample.length + 1));
            for (int i = 0; i < broken.length; i += 1 + random.nextInt(20)) {
                broken[i] = (byte) random.nextInt();
            }
            try {
                both.codec.read(broken, 0);
            } catch (AvroRuntimeException | IndexOutOfBoundsException expected) {
                assertThat(expected).isNotNull();
            }
        }
    }

    @Test
    void refusesATypeThatNoneOfOurSchemasHas() {
        AvroSetup.install();
        var schema = SchemaBuilder.record("io.clicktrail.identity.Lease")
                .fields()
                .requiredBytes("key")
                .endRecord();

        assertThatThrownBy(() -> new RecordCodec<>(schema, SpecificData.get()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes");
    }

    private static final class Both<T extends SpecificRecord> {

        private final SpecificData model;
        private final Schema schema;
        private final RecordCodec<T> codec;
        private final DatumWriter<T> writer;
        private final DatumReader<T> reader;

        @SuppressWarnings("unchecked") // the model is the one of the type
        Both(Class<T> type) {
            model = SpecificData.getForClass(type);
            schema = model.getSchema(type);
            codec = new RecordCodec<>(schema, model);
            writer = (DatumWriter<T>) model.createDatumWriter(schema);
            reader = (DatumReader<T>) model.createDatumReader(schema);
        }

        List<byte[]> samples() throws IOException {
            var written = new ArrayList<byte[]>();
            var generic = new GenericDatumWriter<>(schema, new GenericData());
            for (Object each : new RandomData(schema, SAMPLES, SEED)) {
                written.add(written(generic, each));
            }
            return written;
        }

        byte[] avroWritten(T record) throws IOException {
            return written(writer, record);
        }

        T avroRead(byte[] bytes) throws IOException {
            return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        }

        private static <V> byte[] written(DatumWriter<V> writer, V value) throws IOException {
            var bytes = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            writer.write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        }
    }
}
