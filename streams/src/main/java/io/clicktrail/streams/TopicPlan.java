package io.clicktrail.streams;

import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * How the topics of the catalogue are laid out on the brokers.
 *
 * @param partitions of every topic except tuning; topics that are joined must agree, so there is one number
 * @param replicationFactor copies of each partition; -1 leaves it to the broker
 * @param retention of raw logs and streams; compacted tables are kept
 * @param maxRecordBytes largest record that the services write, {@code clicktrail.streams.max-record}; collectors may write a
 *     little less, so that a record can be passed on with headers
 */
public record TopicPlan(int partitions, short replicationFactor, Duration retention, int maxRecordBytes) {

    /** The services that have dead letters. */
    public static final List<String> SERVICES = List.of("normalizer", "enricher", "correlator", "alerter");

    private static final int HEADER_ALLOWANCE_BYTES = 1 << 20;

    /** Three partitions, broker's replication, a week, records up to 16 MB. */
    public static final TopicPlan DEFAULT = new TopicPlan(3, (short) -1, Duration.ofDays(7), 16 << 20);

    /** Every topic of the catalogue with its settings. */
    public List<NewTopic> layOut(Topics topics) {
        var all = new ArrayList<NewTopic>();
        topics.raw().forEach(topic -> all.add(stream(topic.name(), maxRecordBytes - HEADER_ALLOWANCE_BYTES)));
        all.add(stream(topics.rejected().name(), maxBatchBytes()));
        for (var topic : List.of(
                topics.events(),
                topics.evidence(),
                topics.detections(),
                topics.soarTier1(),
                topics.soarTier2(),
                topics.soarUpdates(),
                topics.soarFeedback(),
                topics.siemEcs())) {
            all.add(stream(topic.name(), maxBatchBytes()));
        }
        for (var topic :
                List.<Topic<?, ?>>of(topics.alerts(), topics.domains(), topics.identities(), topics.coverage())) {
            all.add(table(topic.name(), partitions));
        }
        all.add(table(topics.tuning().name(), 1));
        SERVICES.forEach(service -> all.add(stream(topics.dlq(service), maxBatchBytes())));
        return List.copyOf(all);
    }

    /**
     * Creates the topics that are missing; those that exist are left as they are.
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

    private int maxBatchBytes() {
        return maxRecordBytes + BoundedClients.BATCH_OVERHEAD_BYTES;
    }

    private NewTopic stream(String name, int maxBytes) {
        return new NewTopic(name, partitions, replicationFactor)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes)));
    }

    private NewTopic table(String name, int partitionCount) {
        return new NewTopic(name, partitionCount, replicationFactor)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(maxBatchBytes())));
    }
}
