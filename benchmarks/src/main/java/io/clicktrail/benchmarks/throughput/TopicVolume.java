package io.clicktrail.benchmarks.throughput;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What a topic holds.
 *
 * @param records number of records; of more than {@value #MAX_SAMPLE} the number of offsets, which includes the markers
 *     of transactions
 * @param stored bytes on the broker's disk, compressed
 * @param sample the first records
 */
record TopicVolume(long records, long stored, List<Sample> sample) {

    private static final int MAX_SAMPLE = 20_000;
    private static final Duration POLL = Duration.ofMillis(200);

    TopicVolume {
        sample = List.copyOf(sample);
    }

    /** Key and value of a record. */
    @SuppressWarnings("ArrayRecordComponent") // written again, never compared
    record Sample(byte @Nullable [] key, byte @Nullable [] value) {

        int bytes() {
            return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        }
    }

    /** Mean bytes of key and value. */
    double bytesPerRecord() {
        return sample.stream().mapToInt(Sample::bytes).average().orElse(0);
    }

    /** All topics whose names start with a prefix, by name. */
    static Map<String, TopicVolume> of(Admin admin, String bootstrap, String prefix)
            throws ExecutionException, InterruptedException {
        var stored = new TreeMap<String, Long>();
        var nodes = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
        for (var folders : admin.describeLogDirs(nodes).allDescriptions().get().values()) {
            for (var folder : folders.values()) {
                folder.replicaInfos().forEach((partition, replica) -> {
                    if (partition.topic().startsWith(prefix)) {
                        stored.merge(partition.topic(), replica.size(), Long::sum);
                    }
                });
            }
        }
        var volumes = new TreeMap<String, TopicVolume>();
        stored.forEach((topic, bytes) -> volumes.put(topic, read(bootstrap, topic, bytes)));
        return volumes;
    }

    private static TopicVolume read(String bootstrap, String topic, long stored) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var sample = new ArrayList<Sample>();
            while (sample.size() < MAX_SAMPLE
                    && partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(POLL).forEach(record -> sample.add(new Sample(record.key(), record.value())));
            }
            long offsets = ends.values().stream().mapToLong(Long::longValue).sum();
            return new TopicVolume(sample.size() < MAX_SAMPLE ? sample.size() : offsets, stored, sample);
        }
    }
}
