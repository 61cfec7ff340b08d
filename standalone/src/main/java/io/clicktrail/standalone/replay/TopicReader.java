package io.clicktrail.standalone.replay;

import io.clicktrail.schemas.Topic;
import io.clicktrail.standalone.stack.Stack;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads committed records without being part of a group. */
public final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS = 5;
    private static final int MAX_WAIT_MS = 10;

    private TopicReader() {}

    /** Passes every record of the topic up to its current end. */
    static <K, V> void readAll(Stack stack, Topic<K, V> topic, Consumer<ConsumerRecord<K, V>> action) {
        readAll(clients(stack), topic, action);
    }

    /**
     * Passes every record of the topic up to its current end.
     *
     * @param clients how to reach the brokers
     */
    public static <K, V> void readAll(
            Map<String, Object> clients, Topic<K, V> topic, Consumer<ConsumerRecord<K, V>> action) {
        try (var consumer = consumer(
                clients, topic.keySerde().deserializer(), topic.valueSerde().deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!reached(consumer, ends)) {
                consumer.poll(POLL).forEach(action);
            }
        }
    }

    /**
     * Whether there is a record between the offsets, or there may be one because a transaction is still open. The
     * markers of transactions take up offsets too and are no records.
     *
     * @param consumer one of {@link #shortFetches}
     */
    static boolean holdsRecords(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        Collection<TopicPartition> partitions = to.keySet();
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
        for (int i = 0; i < POLLS && !reached(consumer, to); i++) {
            if (!consumer.poll(POLL).isEmpty()) {
                return true;
            }
        }
        return !reached(consumer, to);
    }

    /**
     * A consumer for reading one thing after another: no fetch that a broker holds back for an earlier one delays the
     * next.
     *
     * @param clients how to reach the brokers
     */
    public static KafkaConsumer<byte[], byte[]> shortFetches(Map<String, Object> clients) {
        var properties = new HashMap<>(clients);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, MAX_WAIT_MS);
        return consumer(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static boolean reached(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    static Map<String, Object> clients(Stack stack) {
        return Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers());
    }

    private static <K, V> KafkaConsumer<K, V> consumer(
            Map<String, Object> clients, Deserializer<K> keys, Deserializer<V> values) {
        var properties = new HashMap<>(clients);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(properties, keys, values);
    }
}
