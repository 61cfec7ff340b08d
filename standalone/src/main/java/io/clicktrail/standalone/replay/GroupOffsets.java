package io.clicktrail.standalone.replay;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a service has got: its group's committed offsets and the ends of what it reads, by partition.
 *
 * <p>A service commits offsets and output in one transaction. So when nothing is left, all output for its input is
 * written. Committed offsets are read before ends, so that records on a repartition topic are never missed.
 *
 * @param committed no entry where nothing was committed
 */
public record GroupOffsets(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {

    /** What is left of more offsets than these are not only markers of transactions. */
    private static final long MAX_MARKERS = 1000;

    public GroupOffsets {
        committed = Map.copyOf(committed);
        ends = Map.copyOf(ends);
    }

    /**
     * Reads both from the brokers.
     *
     * @param group id of the group, which is the application id of the service
     * @param sources names of the topics that the service reads; its repartition topics are added
     * @throws ExecutionException if the brokers do not answer
     */
    public static GroupOffsets of(Admin admin, String group, Set<String> sources)
            throws ExecutionException, InterruptedException {
        return of(admin, group, partitions(admin, group, sources));
    }

    /**
     * Reads both from the brokers, for partitions that are known.
     *
     * @throws ExecutionException if the brokers do not answer
     */
    public static GroupOffsets of(Admin admin, String group, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var committed = committed(admin, group, partitions);
        return new GroupOffsets(committed, ends(admin, partitions));
    }

    /** Number of offsets from the committed one to the end, for partitions where it is not 0. */
    public Map<TopicPartition, Long> left() {
        var left = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> {
            long missing = end - committed.getOrDefault(partition, 0L);
            if (missing > 0) {
                left.put(partition, missing);
            }
        });
        return left;
    }

    /**
     * Whether every record has been processed. What is left may be markers of transactions, which take up offsets too.
     *
     * @param clients how to reach the brokers
     */
    public boolean isAtEnd(Map<String, Object> clients) {
        if (left().isEmpty()) {
            return true;
        }
        try (var consumer = TopicReader.shortFetches(clients)) {
            return isAtEnd(consumer);
        }
    }

    /**
     * The same with a consumer that is there, for those who look often.
     *
     * @param consumer one of {@link TopicReader#shortFetches}
     */
    public boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer) {
        var left = left();
        if (left.isEmpty()) {
            return true;
        }
        long offsets = left.values().stream().mapToLong(Long::longValue).sum();
        var to = new HashMap<>(ends);
        to.keySet().retainAll(left.keySet());
        return offsets < MAX_MARKERS && !TopicReader.holdsRecords(consumer, committed, to);
    }

    /**
     * The partitions that a service reads. Those of its repartition topics exist once it runs.
     *
     * @throws ExecutionException if the brokers do not answer
     */
    public static Collection<TopicPartition> partitions(Admin admin, String group, Set<String> sources)
            throws ExecutionException, InterruptedException {
        var names = admin.listTopics().names().get().stream()
                .filter(name -> sources.contains(name) || name.startsWith(group + "-") && name.endsWith("-repartition"))
                .toList();
        return admin.describeTopics(names).allTopicNames().get().values().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                .toList();
    }

    private static Map<TopicPartition, Long> committed(Admin admin, String group, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var all = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        var committed = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            var offset = all.get(partition);
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        }
        return committed;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var latest = partitions.stream().collect(Collectors.toMap(partition -> partition, p -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(latest).all().get().forEach((partition, offset) -> ends.put(partition, offset.offset()));
        return ends;
    }
}
