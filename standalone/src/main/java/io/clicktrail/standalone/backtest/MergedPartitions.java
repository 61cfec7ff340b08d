package io.clicktrail.standalone.backtest;

import io.clicktrail.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The committed records of a topic between two times, in the order of their timestamps over all partitions.
 *
 * <p>A merge of the partitions' heads: a partition whose head is not known is read before any record is passed on, and
 * one with {@value #MAX_WAITING} records waiting is paused. Equal times are in the order of the partitions. A partition
 * stays in the order of its offsets where its times go back.
 */
final class MergedPartitions<K, V> implements AutoCloseable {

    private static final int MAX_WAITING = 2_000;
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<K, V> consumer;
    private final Map<TopicPartition, Part> parts = new HashMap<>();
    private final PriorityQueue<Part> heads = new PriorityQueue<>();
    private final long total;
    private long position;

    MergedPartitions(Map<String, Object> clients, Topic<K, V> topic, Instant from, Instant to) {
        var properties = new HashMap<>(clients);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(
                properties, topic.keySerde().deserializer(), topic.valueSerde().deserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> firsts = offsets(partitions, from, ends);
        Map<TopicPartition, Long> lasts = offsets(partitions, to, ends);
        long records = 0;
        for (TopicPartition partition : partitions) {
            long first = firsts.getOrDefault(partition, 0L);
            long last = lasts.getOrDefault(partition, 0L);
            consumer.seek(partition, first);
            parts.put(partition, new Part(partition.partition(), first, last));
            records += last - first;
        }
        total = records;
    }

    /** Goes on to all that is written by now, where the first end has been reached. */
    void extend() {
        consumer.endOffsets(parts.keySet()).forEach((partition, end) -> {
            Part part = parts.get(partition);
            if (part != null) {
                part.end = Math.max(part.end, end);
            }
        });
    }

    /** Offsets between the two times, markers of transactions among them. */
    long total() {
        return total;
    }

    /** Offsets that were passed. */
    long position() {
        return position;
    }

    /** The next record, null where there is none any more. */
    @Nullable
    ConsumerRecord<K, V> next() {
        while (parts.values().stream().anyMatch(Part::awaitsHead)) {
            poll();
        }
        Part first = heads.poll();
        if (first == null) {
            return null;
        }
        ConsumerRecord<K, V> record = first.waiting.remove();
        position += record.offset() + 1 - first.passed;
        first.passed = record.offset() + 1;
        if (!first.waiting.isEmpty()) {
            heads.add(first);
        }
        return record;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void poll() {
        for (var part : parts.entrySet()) {
            if (part.getValue().waiting.size() >= MAX_WAITING || part.getValue().isRead()) {
                consumer.pause(List.of(part.getKey()));
            } else {
                consumer.resume(List.of(part.getKey()));
            }
        }
        for (ConsumerRecord<K, V> record : consumer.poll(POLL)) {
            Part part = parts.get(new TopicPartition(record.topic(), record.partition()));
            if (part != null && record.offset() < part.end) {
                part.add(record);
            }
        }
        parts.forEach((partition, part) -> part.read = consumer.position(partition));
    }

    private Map<TopicPartition, Long> offsets(
            List<TopicPartition> partitions, Instant time, Map<TopicPartition, Long> ends) {
        var asked = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> asked.put(partition, time.toEpochMilli()));
        var found = new HashMap<>(ends);
        for (Map.Entry<TopicPartition, @Nullable OffsetAndTimestamp> offset :
                consumer.offsetsForTimes(asked).entrySet()) {
            if (offset.getValue() != null) {
                found.put(offset.getKey(), offset.getValue().offset());
            }
        }
        return found;
    }

    /** A partition. */
    private final class Part implements Comparable<Part> {
        private final ArrayDeque<ConsumerRecord<K, V>> waiting = new ArrayDeque<>();
        private final int number;
        private long end;
        private long passed;
        private long read;
        private long latest = Long.MIN_VALUE;

        Part(int number, long first, long end) {
            this.number = number;
            this.end = end;
            passed = first;
            read = first;
        }

        void add(ConsumerRecord<K, V> record) {
            waiting.add(record);
            if (waiting.size() == 1) {
                heads.add(this);
            }
        }

        boolean isRead() {
            return read >= end;
        }

        boolean awaitsHead() {
            return waiting.isEmpty() && !isRead();
        }

        /** Time of the head, never before that of a record before it. */
        private long time() {
            ConsumerRecord<K, V> head = waiting.peek();
            latest = head == null ? latest : Math.max(latest, head.timestamp());
            return latest;
        }

        @Override
        public int compareTo(Part other) {
            int byTime = Long.compare(time(), other.time());
            return byTime != 0 ? byTime : Integer.compare(number, other.number);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }
}
