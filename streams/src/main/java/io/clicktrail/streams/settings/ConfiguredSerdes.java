package io.clicktrail.streams.settings;

import io.clicktrail.schemas.AvroSerdes;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** Serdes of configured classes, such as Confluent's, with Confluent's configuration keys. */
public final class ConfiguredSerdes implements AvroSerdes {

    private final Class<?> serializer;
    private final Class<?> deserializer;
    private final Map<String, ?> configs;

    /**
     * Serdes of two classes on the class path.
     *
     * @throws IllegalArgumentException if one is missing or has another type
     */
    public static ConfiguredSerdes of(String serializer, String deserializer, Map<String, ?> configs) {
        return new ConfiguredSerdes(
                named("clicktrail.serde.serializer", serializer),
                named("clicktrail.serde.deserializer", deserializer),
                configs);
    }

    ConfiguredSerdes(Class<?> serializer, Class<?> deserializer, Map<String, ?> configs) {
        this.serializer = serializer;
        this.deserializer = deserializer;
        this.configs = Map.copyOf(configs);
    }

    @Override
    @SuppressWarnings("unchecked") // the classes read and write any specific record
    public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        var writer = (Serializer<T>) instance(serializer, Serializer.class);
        var reader = (Deserializer<T>) instance(deserializer, Deserializer.class);
        writer.configure(configs, false);
        reader.configure(configs, false);
        return Serdes.serdeFrom(writer, reader);
    }

    private static Class<?> named(String key, String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    key + " is '" + name
                            + "' but must be a class on the class path; the build profile confluent brings Confluent's",
                    e);
        }
    }

    private static <S> S instance(Class<?> type, Class<S> as) {
        try {
            return as.cast(type.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException(type.getName() + " is not a " + as.getSimpleName(), e);
        }
    }
}
