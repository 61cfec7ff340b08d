package io.clicktrail.streams;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's genuine serializer and deserializer, out of a jar on Maven Central that carries them with Kafka's interfaces
 * renamed. They run in a class loader of their own and are called by reflection.
 */
final class ConfluentJar {

    private static final Path JAR =
            Path.of(System.getProperty("clicktrail.root"), "streams/target/confluent/confluent-avro.jar");

    private ConfluentJar() {}

    /** Confluent's classes with the Avro that they were built with, and nothing of ours. */
    static ClassLoader alone() {
        return new URLClassLoader(new URL[] {url()}, ClassLoader.getPlatformClassLoader());
    }

    /** Confluent's classes beside our Avro and our generated types. */
    static ClassLoader besideOurs() {
        return new URLClassLoader(new URL[] {url()}, ConfluentJar.class.getClassLoader());
    }

    private static URL url() {
        try {
            return JAR.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An instance of one of Confluent's classes. */
    static final class Instance {

        private final ClassLoader classes;
        private final Object target;

        Instance(ClassLoader classes, String type) {
            this.classes = classes;
            try {
                this.target = classes.loadClass("io.confluent.kafka.serializers." + type)
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        void configure(Map<String, ?> configs) {
            call("configure", new Class<?>[] {Map.class, boolean.class}, configs, false);
        }

        @Nullable
        Object call(String method, Class<?>[] types, @Nullable Object... arguments) {
            var before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(classes);
            try {
                return target.getClass().getMethod(method, types).invoke(target, arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }

    /** Confluent's serializer under Kafka's own interface. */
    public static final class GenuineSerializer implements Serializer<Object> {

        private final Instance confluent = new Instance(besideOurs(), "KafkaAvroSerializer");

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            confluent.configure(configs);
        }

        @Override
        public byte @Nullable [] serialize(String topic, @Nullable Object value) {
            return (byte[]) confluent.call("serialize", new Class<?>[] {String.class, Object.class}, topic, value);
        }
    }

    /** Confluent's deserializer under Kafka's own interface. */
    public static final class GenuineDeserializer implements Deserializer<Object> {

        private final Instance confluent = new Instance(besideOurs(), "KafkaAvroDeserializer");

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            confluent.configure(configs);
        }

        @Override
        public @Nullable Object deserialize(String topic, byte @Nullable [] bytes) {
            return confluent.call("deserialize", new Class<?>[] {String.class, byte[].class}, topic, bytes);
        }
    }
}
