package io.clicktrail.streams.settings;

import static io.clicktrail.streams.settings.Setting.require;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Classes that read and write Avro topics instead of ours, for example Confluent's. They are configured with
 * Confluent's keys from {@link RegistrySettings}. Both are set or none.
 *
 * @param serializer name of a {@link org.apache.kafka.common.serialization.Serializer}
 * @param deserializer name of a {@link org.apache.kafka.common.serialization.Deserializer}
 */
@ConfigurationProperties(prefix = "clicktrail.serde", ignoreUnknownFields = false)
public record SerdeSettings(
        @Nullable String serializer, @Nullable String deserializer) {

    public SerdeSettings {
        require(
                serializer != null || deserializer == null,
                "clicktrail.serde.serializer",
                "",
                "set where clicktrail.serde.deserializer is");
        require(
                deserializer != null || serializer == null,
                "clicktrail.serde.deserializer",
                "",
                "set where clicktrail.serde.serializer is");
    }
}
