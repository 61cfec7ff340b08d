package io.clicktrail.streams;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Calls Confluent's serializer and deserializer from inside their class loader, where this class is loaded a second
 * time and linked against the Avro that Confluent's classes were built with. Only JDK types pass in and out: {@code
 * [schema as JSON, Avro binary]} on one side, the bytes of a record on the other.
 */
final class ConfluentBridge {

    private ConfluentBridge() {}

    /** Topic and [schema, binary] to record. */
    static final class Write implements BiFunction<String, Object[], byte[]> {

        private final Object serializer;

        Write(Map<String, ?> configs) {
            serializer = confluent("KafkaAvroSerializer", configs);
        }

        @Override
        public byte[] apply(String topic, Object[] value) {
            var schema = new Schema.Parser().parse((String) value[0]);
            try {
                var decoder = DecoderFactory.get().binaryDecoder((byte[]) value[1], null);
                var datum = new GenericDatumReader<Object>(schema).read(null, decoder);
                return (byte[])
                        call(serializer, "serialize", new Class<?>[] {String.class, Object.class}, topic, datum);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Topic and record to [schema, binary]. */
    static final class Read implements BiFunction<String, byte[], Object[]> {

        private final Object deserializer;

        Read(Map<String, ?> configs) {
            deserializer = confluent("KafkaAvroDeserializer", configs);
        }

        @Override
        public Object[] apply(String topic, byte[] bytes) {
            var datum = (GenericContainer)
                    call(deserializer, "deserialize", new Class<?>[] {String.class, byte[].class}, topic, bytes);
            var binary = new ByteArrayOutputStream();
            try {
                var encoder = EncoderFactory.get().binaryEncoder(binary, null);
                new GenericDatumWriter<Object>(datum.getSchema()).write(datum, encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Object[] {datum.getSchema().toString(), binary.toByteArray()};
        }
    }

    private static Object confluent(String type, Map<String, ?> configs) {
        try {
            var instance = Class.forName("io.confluent.kafka.serializers." + type)
                    .getDeclaredConstructor()
                    .newInstance();
            call(instance, "configure", new Class<?>[] {Map.class, boolean.class}, configs, false);
            return instance;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(Object target, String method, Class<?>[] types, @Nullable Object... arguments) {
        try {
            return target.getClass().getMethod(method, types).invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
