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
 * The age of the oldest record that was fetched and is not committed.
 *
 * <p>Each partition has a queue with one entry per fetched batch: the offset after its last record and the timestamp of
 * its first. A commit removes the entries up to its offset, so the head of a queue is the oldest batch that is not
 * committed. A fetch below the last known offset, after a failure or a rebalance, starts the queue anew. Records that
 * are still on the brokers come after the fetched ones, so the head also bounds their age while the service fetches at
 * all.
 *
 * <p>Cost: amortized constant time per batch, none per record. Memory: two longs per batch that is not committed, which
 * the commit interval and {@code max.poll.records} bound. Thread-safe: consumers write, metrics and health read.
 */
public final class PendingRecords {

    /** Key of the consumer configuration that passes the instance to {@link Watch}. */
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
            waiting.add(new Batch(batch.getLast().offset() + 1, delivered(first)));
        }
    }

    /** An invalid timestamp, as old clients write, says nothing of the age of a record. */
    private static long delivered(ConsumerRecord<?, ?> record) {
        return record.timestamp() < 0 ? System.currentTimeMillis() : record.timestamp();
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
     * Timestamp of the oldest record, milliseconds since 1970; empty if all is committed.
     *
     * @param assigned the partitions of this process; entries of others are removed
     */
    synchronized OptionalLong oldest(Collection<TopicPartition> assigned) {
        batches.keySet().retainAll(assigned);
        return oldest();
    }

    /**
     * The same without removing entries, for use during a rebalance, when it is not known which partitions this process
     * keeps.
     */
    synchronized OptionalLong oldest() {
        return batches.values().stream()
                .filter(waiting -> !waiting.isEmpty())
                .mapToLong(waiting -> waiting.getFirst().delivered())
                .min();
    }

    /** Reports what the main consumer fetches, and what it commits itself, outside of transactions. */
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
