package io.clicktrail.streams.topics;

import static io.clicktrail.streams.settings.Setting.require;

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
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.record.TimestampType;

/**
 * The layout of all topics on the brokers, with the settings of each in {@code topics.json}.
 *
 * @param partitions of every topic except tuning and intel; topics that are joined must agree, so there is one number
 * @param replicationFactor copies of each partition; -1 for the default of the broker. From 3 on,
 *     min.insync.replicas is one less
 * @param retention of raw logs and streams; compacted tables are kept
 * @param maxRecordBytes largest record that the services write, {@code clicktrail.streams.max-record}; collectors may
 *     write a little less, so that a record can be passed on with headers
 * @param history whether every record keeps the time of its producer, as in a replay
 * @param config settings of single topics, by their names below the prefix and then as Kafka names them, or {@code
 *     partitions}; they win
 * @param destinations names of the alerter's destinations, and whether each gives feedback
 */
public record TopicPlan(
        int partitions,
        short replicationFactor,
        Duration retention,
        int maxRecordBytes,
        boolean history,
        Map<String, Map<String, String>> config,
        Map<String, Boolean> destinations) {

    /** The services with a topic of dead letters. */
    public static final List<String> SERVICES = List.of("normalizer", "enricher", "correlator", "alerter");

    private static final TopicTable TABLE = TopicTable.SHIPPED;

    /** Key of a topic's own number of partitions among its settings; Kafka has no setting of that name. */
    private static final String PARTITIONS = "partitions";

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    /** The plan of {@code topics.json}, with the broker's default replication. */
    public static final TopicPlan DEFAULT = new TopicPlan(
            TABLE.partitions(), (short) -1, Duration.ofMillis(TABLE.retentionMs()), TABLE.maxRecordBytes(), false);

    public TopicPlan {
        config = Map.copyOf(config);
        destinations = Map.copyOf(destinations);
        config.forEach((name, settings) -> {
            var own = settings.get(PARTITIONS);
            var key = "clicktrail.topics.config." + name + "." + PARTITIONS;
            require(own == null || NUMBER.matcher(own).matches(), key, String.valueOf(own), "1 to 9999");
            require(
                    own == null || TABLE.hasFreePartitions(name),
                    key,
                    String.valueOf(own),
                    "absent: this topic is joined with others, and all have clicktrail.topics.partitions");
        });
    }

    /** A plan without settings of single topics, and without destinations. */
    public TopicPlan(int partitions, short replicationFactor, Duration retention, int maxRecordBytes, boolean history) {
        this(partitions, replicationFactor, retention, maxRecordBytes, history, Map.of(), Map.of());
    }

    /** Every topic with its settings. */
    public List<NewTopic> layOut(Topics topics) {
        var all = new ArrayList<NewTopic>();
        for (var row : TABLE.topics()) {
            row.names(topics, destinations).forEach(name -> all.add(layOut(topics.prefix(), name, row)));
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

    /**
     * Creates the missing topics, and returns once each of their partitions has a leader that answers. An idempotent
     * producer that writes before may wait for two minutes: batches overtake each other while it looks for the leader,
     * and the leader then refuses their sequence numbers.
     *
     * @return names of the topics that were created
     * @throws KafkaException if the broker refuses one of the others, or a partition stays without a leader
     */
    public Set<String> createAndAwaitLeaders(Topics topics, Admin admin) throws InterruptedException {
        var created = create(topics, admin);
        try {
            var ends = new HashMap<TopicPartition, OffsetSpec>();
            for (var topic : admin.describeTopics(created).allTopicNames().get().values()) {
                for (var partition : topic.partitions()) {
                    ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
                }
            }
            admin.listOffsets(ends).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException("The new topics have no leaders", e.getCause());
        }
        return created;
    }

    /** Names of the topics whose records have the broker's time, because others than the services write them. */
    public static Set<String> withBrokerTime(Topics topics) {
        var names = new TreeSet<String>();
        for (var row : TABLE.topics()) {
            if (row.timestamps() != null) {
                names.addAll(row.names(topics, Map.of()));
            }
        }
        return names;
    }

    /**
     * Names of existing topics whose records have the time of their producer although the plan asks for the broker's.
     *
     * @throws KafkaException if the broker does not say
     */
    public Set<String> withProducerTime(Topics topics, Admin admin) throws InterruptedException {
        if (history) {
            return Set.of();
        }
        var asked = withBrokerTime(topics).stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        try {
            var differing = new TreeSet<String>();
            admin.describeConfigs(asked).all().get().forEach((topic, config) -> {
                if (!TimestampType.LOG_APPEND_TIME.name.equals(
                        config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value())) {
                    differing.add(topic.name());
                }
            });
            return differing;
        } catch (ExecutionException e) {
            throw new KafkaException("Can't read the configuration of the topics", e.getCause());
        }
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
        if (row.timestamps() != null && !history) {
            configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, row.timestamps());
        }
        if (!row.isCompacted()) {
            configs.put(
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(row.retentionMs() == null ? retention.toMillis() : row.retentionMs()));
        }
        configs.putAll(config.getOrDefault(name.substring(prefix.length() + 1), Map.of()));
        var own = configs.remove(PARTITIONS);
        int usual = row.partitions() == null ? partitions : row.partitions();
        return new NewTopic(name, own == null ? usual : Integer.parseInt(own), replicationFactor).configs(configs);
    }
}
