package io.clicktrail.streams.topics;

import io.clicktrail.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The layout of all topics on the brokers, with the settings of each in {@code topics.json}.
 *
 * @param partitions of every topic except tuning and intel; topics that are joined must agree, so there is one number
 * @param replicationFactor copies of each partition; -1 for the default of the broker. From 3 on,
 *     min.insync.replicas is one less
 * @param retention of raw logs and streams; compacted tables are kept
 * @param maxRecordBytes largest record that the services write, {@code clicktrail.streams.max-record}; collectors may
 *     write a little less, so that a record can be passed on with headers
 * @param config settings of single topics, by their names below the prefix and then as Kafka names them; they win
 */
public record TopicPlan(
        int partitions,
        short replicationFactor,
        Duration retention,
        int maxRecordBytes,
        Map<String, Map<String, String>> config) {

    /** The services with a topic of dead letters. */
    public static final List<String> SERVICES = List.of("normalizer", "enricher", "correlator", "alerter");

    private static final TopicTable TABLE = TopicTable.SHIPPED;

    /** The plan of {@code topics.json}, with the broker's default replication. */
    public static final TopicPlan DEFAULT = new TopicPlan(
            TABLE.partitions(), (short) -1, Duration.ofMillis(TABLE.retentionMs()), TABLE.maxRecordBytes());

    public TopicPlan {
        config = Map.copyOf(config);
    }

    /** A plan without settings of single topics. */
    public TopicPlan(int partitions, short replicationFactor, Duration retention, int maxRecordBytes) {
        this(partitions, replicationFactor, retention, maxRecordBytes, Map.of());
    }

    /** Every topic with its settings. */
    public List<NewTopic> layOut(Topics topics) {
        var all = new ArrayList<NewTopic>();
        for (var row : TABLE.topics()) {
            if (row.raw()) {
                topics.raw().forEach(topic -> all.add(layOut(topics.prefix(), topic.name(), row)));
            } else {
                all.add(layOut(topics.prefix(), topics.prefix() + "." + row.name(), row));
            }
        }
        return List.copyOf(all);
    }

    /**
     * Creates missing topics; existing ones are not changed.
     *
     * @return names of the topics that were created
     * @throws KafkaException if the broker refuses one of the others
     */
    public Set<String> create(Topics topics, Admin admin) throws InterruptedException {
        var created = new TreeSet<String>();
        for (var result : admin.createTopics(layOut(topics)).values().entrySet()) {
            try {
                result.getValue().get();
                created.add(result.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("Can't create topic " + result.getKey(), e.getCause());
                }
            }
        }
        return created;
    }

    /** {@code min.insync.replicas} for a replication factor; empty for the default of the broker. */
    public static OptionalInt leastInSync(int copies) {
        return copies > 2 ? OptionalInt.of(copies - 1) : OptionalInt.empty();
    }

    private NewTopic layOut(String prefix, String name, TopicTable.Row row) {
        int maxBytes =
                row.raw() ? maxRecordBytes - TABLE.headerAllowanceBytes() : maxRecordBytes + TABLE.batchOverheadBytes();
        var configs = new HashMap<String, String>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, row.cleanup());
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes));
        leastInSync(replicationFactor)
                .ifPresent(least -> configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(least)));
        if (!row.isCompacted()) {
            configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        }
        configs.putAll(config.getOrDefault(name.substring(prefix.length() + 1), Map.of()));
        return new NewTopic(name, row.partitions() == null ? partitions : row.partitions(), replicationFactor)
                .configs(configs);
    }
}
