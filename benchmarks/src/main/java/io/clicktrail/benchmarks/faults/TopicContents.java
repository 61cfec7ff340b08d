package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.replay.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads whole topics, committed records only. */
final class TopicContents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deadline deadline;

    TopicContents(Map<String, Object> clients, Deadline deadline) {
        this.deadline = deadline;
        consumer = TopicReader.shortFetches(clients);
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
