package io.clicktrail.streams;

import io.clicktrail.alert.Alert;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's genuine serializer and deserializer (5.5.3), out of a jar on Maven Central that carries them with Kafka's
 * interfaces renamed and an Avro of their own. They run in a class loader with nothing of ours but {@link
 * ConfluentBridge}.
 */
final class ConfluentJar {

    private static final Path ROOT = Path.of(System.getProperty("clicktrail.root"), "streams/target");
    private static final ClassLoader ALONE = new URLClassLoader(
            new URL[] {url(ROOT.resolve("confluent/confluent-avro.jar")), url(ROOT.resolve("test-classes"))},
            ClassLoader.getPlatformClassLoader());

    private ConfluentJar() {}

    /** Confluent's serializer for alerts, under Kafka's own interface. */
    public static final class GenuineSerializer implements Serializer<Alert> {

        private @Nullable BiFunction<String, Object[], byte[]> confluent;

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            confluent = inside("Write", configs);
        }

        @Override
        public byte[] serialize(String topic, Alert alert) {
            var binary = new ByteArrayOutputStream();
            try {
                var encoder = EncoderFactory.get().binaryEncoder(binary, null);
                new SpecificDatumWriter<>(Alert.class).write(alert, encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var schema = Alert.getClassSchema().toString();
            return Objects.requireNonNull(confluent).apply(topic, new Object[] {schema, binary.toByteArray()});
        }
    }

    /** Confluent's deserializer for alerts, under Kafka's own interface. */
    public static final class GenuineDeserializer implements Deserializer<Alert> {

        private @Nullable BiFunction<String, byte[], Object[]> confluent;

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            var generic = new HashMap<String, Object>(configs);
            // Our classes are not on its side.
            generic.put("specific.avro.reader", false);
            confluent = inside("Read", generic);
        }

        @Override
        public Alert deserialize(String topic, byte[] bytes) {
            var read = Objects.requireNonNull(confluent).apply(topic, bytes);
            var reader = new SpecificDatumReader<>(Alert.class);
            reader.setSchema(new Schema.Parser().parse((String) read[0]));
            try {
                return reader.read(null, DecoderFactory.get().binaryDecoder((byte[]) read[1], null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What Confluent's classes throw when the registry answers with an error. */
    static Exception refusal(String message, int status, int errorCode) {
        try {
            return (Exception)
                    ALONE.loadClass("io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException")
                            .getConstructor(String.class, int.class, int.class)
                            .newInstance(message, status, errorCode);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // a class of ours, loaded a second time
    private static <A, B> BiFunction<String, A, B> inside(String part, Map<String, ?> configs) {
        var before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(ALONE);
        try {
            var constructor = ALONE.loadClass(ConfluentBridge.class.getName() + "$" + part)
                    .getDeclaredConstructor(Map.class);
            constructor.setAccessible(true);
            var bridge = (BiFunction<String, A, B>) constructor.newInstance(configs);
            if (bridge.getClass().getClassLoader() != ALONE) {
                throw new IllegalStateException("Confluent's classes would see ours");
            }
            return bridge;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
