package io.clicktrail.streams.settings;

import static io.clicktrail.streams.settings.Setting.require;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of Kafka Streams.
 *
 * @param threads stream threads of this process, 1-64
 * @param stateDir folder of the state stores; lost state is restored from Kafka
 * @param replicationFactor of internal topics; -1 for the default of the broker. From 3 on, min.insync.replicas is one
 *     less
 * @param standbyReplicas standby copies of each store in other processes, 0-5
 * @param commitInterval mean time between two commits of what others wait for, 1 ms to 1 min; under
 *     exactly_once_v2 the largest part of the delay of each hop
 * @param backlogCommitInterval time between two commits of the rest, and of everything while the service is behind,
 *     from commitInterval to 1 min; if absent 1 s, or commitInterval where that is longer
 * @param processingGuarantee exactly_once_v2 or at_least_once
 * @param groupProtocol classic or streams (KIP-1071, brokers from 4.2)
 * @param blockCache RocksDB's block cache for all stores of the process, from 1 MB
 * @param writeBuffer RocksDB's memtables for all stores, part of blockCache, at most half of it
 * @param maxRecord largest record that is written, with key and headers, 64 kB to 512 MB; the topics must
 *     allow a little more, see the topic plan
 * @param maxAhead how far ahead of the wall clock the timestamp of a record may be before it counts as its time of
 *     arrival, 1 second to 1 hour
 * @param history whether records are of any time, as in a replay on a stack of its own: then no time is ahead
 * @param properties further Kafka Streams settings, for example for TLS and SASL; they override ours
 */
@ConfigurationProperties(prefix = "clicktrail.streams", ignoreUnknownFields = false)
public record StreamsSettings(
        @DefaultValue("1") int threads,
        @DefaultValue("state") Path stateDir,
        @DefaultValue("-1") int replicationFactor,
        @DefaultValue("0") int standbyReplicas,
        @DefaultValue("100ms") Duration commitInterval,
        @Nullable Duration backlogCommitInterval,
        @DefaultValue("exactly_once_v2") String processingGuarantee,
        @DefaultValue("classic") String groupProtocol,
        @DefaultValue("64MB") DataSize blockCache,
        @DefaultValue("24MB") DataSize writeBuffer,
        @DefaultValue("16MB") DataSize maxRecord,
        @DefaultValue("10s") Duration maxAhead,
        @DefaultValue("false") boolean history,
        @DefaultValue Map<String, String> properties) {

    private static final Duration LONGEST_COMMIT_INTERVAL = Duration.ofSeconds(1);

    public StreamsSettings {
        require(threads >= 1 && threads <= 64, "clicktrail.streams.threads", threads, "1 to 64");
        require(
                replicationFactor == -1 || replicationFactor >= 1 && replicationFactor <= 10,
                "clicktrail.streams.replication-factor",
                replicationFactor,
                "-1 or 1 to 10");
        require(
                standbyReplicas >= 0 && standbyReplicas <= 5,
                "clicktrail.streams.standby-replicas",
                standbyReplicas,
                "0 to 5");
        require(
                commitInterval.isPositive() && commitInterval.compareTo(Duration.ofMinutes(1)) <= 0,
                "clicktrail.streams.commit-interval",
                commitInterval,
                "above 0 and at most 1 minute");
        if (backlogCommitInterval != null) {
            require(
                    backlogCommitInterval.compareTo(commitInterval) >= 0
                            && backlogCommitInterval.compareTo(Duration.ofMinutes(1)) <= 0,
                    "clicktrail.streams.backlog-commit-interval",
                    backlogCommitInterval,
                    "from commit-interval to 1 minute");
        }
        requireOneOf(
                "clicktrail.streams.processing-guarantee",
                processingGuarantee,
                List.of("exactly_once_v2", "at_least_once"));
        requireOneOf("clicktrail.streams.group-protocol", groupProtocol, List.of("classic", "streams"));
        require(
                blockCache.compareTo(DataSize.ofMegabytes(1)) >= 0,
                "clicktrail.streams.block-cache",
                blockCache,
                "at least 1 MB");
        require(
                writeBuffer.toBytes() > 0 && writeBuffer.toBytes() <= blockCache.toBytes() / 2,
                "clicktrail.streams.write-buffer",
                writeBuffer,
                "above 0 and at most half of block-cache");
        require(
                maxRecord.compareTo(DataSize.ofKilobytes(64)) >= 0
                        && maxRecord.compareTo(DataSize.ofMegabytes(512)) <= 0,
                "clicktrail.streams.max-record",
                maxRecord,
                "64 kB to 512 MB");
        require(
                maxAhead.compareTo(Duration.ofSeconds(1)) >= 0 && maxAhead.compareTo(Duration.ofHours(1)) <= 0,
                "clicktrail.streams.max-ahead",
                maxAhead,
                "1 second to 1 hour");
        properties = Map.copyOf(properties);
    }

    /** Longest time between two commits. */
    public Duration longestCommitInterval() {
        if (backlogCommitInterval != null) {
            return backlogCommitInterval;
        }
        return commitInterval.compareTo(LONGEST_COMMIT_INTERVAL) > 0 ? commitInterval : LONGEST_COMMIT_INTERVAL;
    }

    /** Settings of clients other than Kafka Streams. */
    public Map<String, Object> clients(EdgeSettings edge) {
        var clients = new HashMap<String, Object>(properties);
        clients.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, edge.bootstrap());
        return clients;
    }

    private static void requireOneOf(String key, String value, List<String> allowed) {
        require(allowed.contains(value), key, value, String.join(" or ", allowed));
    }

    /** Without the values of further properties, which may be secret. */
    @Override
    public String toString() {
        return "StreamsSettings[threads=" + threads + ", stateDir=" + stateDir + ", properties=" + properties.keySet()
                + "]";
    }
}
