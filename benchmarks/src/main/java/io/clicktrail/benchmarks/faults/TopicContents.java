package io.clicktrail.benchmarks.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics, committed records only. */
final class TopicContents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /** A request that a broker holds for longer delays the next topic. */
    private static final int FETCH_WAIT_MS = 20;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deadline deadline;

    TopicContents(Map<String, Object> clients, Deadline deadline) {
        this.deadline = deadline;
        var settings = new HashMap<>(clients);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Every record that the topic holds now. */
    List<ConsumerRecord<byte[], byte[]>> of(String topic) throws Deadline.MissedException {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            consumer.poll(POLL).forEach(all::add);
            deadline.require("the end of " + topic);
        }
        return all;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
