package io.clicktrail.streams.health;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What was fetched and has not been committed yet: so much of it as tells how old the oldest of it is. While a service
 * works at all, whatever waits on the brokers stands behind something that was fetched.
 */
public final class PendingRecords {

    /** Key under which a consumer's configuration hands {@link Watch} where to tell. */
    public static final String CONFIG = "clicktrail.pending.records";

    private final Map<TopicPartition, Deque<Batch>> batches = new HashMap<>();

    /**
     * Records of a partition that were fetched together.
     *
     * @param end offset behind the last
     * @param delivered timestamp of the first, milliseconds since 1970
     */
    private record Batch(long end, long delivered) {}

    synchronized <K, V> void fetched(ConsumerRecords<K, V> records) {
        for (TopicPartition partition : records.partitions()) {
            var batch = records.records(partition);
            ConsumerRecord<K, V> first = batch.getFirst();
            var waiting = batches.computeIfAbsent(partition, absent -> new ArrayDeque<>());
            if (!waiting.isEmpty() && waiting.getLast().end() > first.offset()) {
                waiting.clear(); // fetched again after a failure or a move of the partition
            }
            waiting.add(new Batch(batch.getLast().offset() + 1, first.timestamp()));
        }
    }

    public synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            var waiting = batches.get(partition);
            while (waiting != null && !waiting.isEmpty() && waiting.getFirst().end() <= offset.offset()) {
                waiting.removeFirst();
            }
        });
    }

    /**
     * When the oldest was delivered, milliseconds since 1970; empty if all is committed.
     *
     * @param assigned the partitions that this process has; what it knows of others is forgotten
     */
    synchronized OptionalLong oldest(Collection<TopicPartition> assigned) {
        batches.keySet().retainAll(assigned);
        return oldest();
    }

    /**
     * When the oldest was delivered that this process has fetched; while threads wait for their partitions nobody knows
     * whether it keeps them.
     */
    synchronized OptionalLong oldest() {
        return batches.values().stream()
                .filter(waiting -> !waiting.isEmpty())
                .mapToLong(waiting -> waiting.getFirst().delivered())
                .min();
    }

    /** Tells of what the main consumer fetches, and of what it commits where no transaction does. */
    public static final class Watch implements ConsumerInterceptor<byte[], byte[]> {

        private PendingRecords pending = new PendingRecords();

        @Override
        public void configure(Map<String, ?> configs) {
            pending = (PendingRecords) Objects.requireNonNull(configs.get(CONFIG), CONFIG);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            pending.fetched(records);
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            pending.committed(offsets);
        }

        @Override
        public void close() {}
    }
}
