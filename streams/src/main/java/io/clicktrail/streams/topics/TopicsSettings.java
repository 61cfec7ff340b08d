package io.clicktrail.streams.topics;

import static io.clicktrail.streams.settings.Setting.require;

import io.clicktrail.streams.settings.StreamsSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the job that creates topics and ACLs, {@code TopicsApplication}; defaults are in {@code topics.json}.
 *
 * @param partitions of every topic except tuning, 1 to 10,000
 * @param replicationFactor copies of each partition; absent for the default of the broker
 * @param retention of raw logs and streams
 * @param config settings of single topics, by their names below the prefix and then as Kafka names them, or
 *     {@code partitions}
 * @param destinations names of the alerter's destinations, and whether each gives feedback
 * @param principals pattern of the principals' names, see {@link AccessPlan}; absent for no ACLs
 */
@ConfigurationProperties(prefix = "clicktrail.topics", ignoreUnknownFields = false)
public record TopicsSettings(
        @Nullable Integer partitions,
        @Nullable Short replicationFactor,
        @Nullable Duration retention,
        @Nullable Map<String, Map<String, String>> config,
        @DefaultValue Map<String, Boolean> destinations,
        @Nullable String principals) {

    private static final int MAX_PARTITIONS = 10_000;

    public TopicsSettings {
        require(
                partitions == null || partitions >= 1 && partitions <= MAX_PARTITIONS,
                "clicktrail.topics.partitions",
                String.valueOf(partitions),
                "1 to 10000");
    }

    public TopicPlan plan(StreamsSettings streams) {
        var usual = TopicPlan.DEFAULT;
        return new TopicPlan(
                partitions == null ? usual.partitions() : partitions,
                replicationFactor == null ? usual.replicationFactor() : replicationFactor,
                retention == null ? usual.retention() : retention,
                Math.toIntExact(streams.maxRecord().toBytes()),
                streams.history(),
                config == null ? Map.of() : config,
                destinations);
    }
}
