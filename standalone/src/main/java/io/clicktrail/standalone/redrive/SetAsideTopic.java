package io.clicktrail.standalone.redrive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic of records that were set aside. What was sent back is remembered as the offsets of a group, so that the next
 * time begins behind it; what comes while records are sent back is left for that time, else a record that is set aside
 * again at once would go round.
 */
public final class SetAsideTopic {

    /** Group under which it is remembered what was sent back. */
    public static final String GROUP = "clicktrail-operator";

    private static final Duration POLL = Duration.ofMillis(200);

    private final String name;
    private final Map<String, Object> clients;

    /** @param clients how to reach the brokers */
    public SetAsideTopic(String name, Map<String, Object> clients) {
        this.name = name;
        this.clients = Map.copyOf(clients);
    }

    /** What sending back came to. */
    public record Outcome(long sent, Map<String, Long> stayed) {}

    /** Hands over every record that the topic holds now. */
    public void readAll(Consumer<SetAside> action) {
        try (var consumer = consumer()) {
            var partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            read(consumer, consumer.endOffsets(partitions), batch -> batch.forEach(action));
        }
    }

    /**
     * Sends back what was not sent back before.
     *
     * @param prefix of the topics
     * @param chosen tells which; null for all. Where it leaves some behind, they are still to be sent, and so it is not
     *     remembered which were
     * @param again from the beginning of the topic, also what was sent back before
     * @param most how often one record may be sent back
     * @throws KafkaException where a record could not be written; it and those behind it are sent the next time
     */
    public Outcome redrive(String prefix, @Nullable Predicate<SetAside> chosen, boolean again, int most) {
        var stayed = new HashMap<String, Long>();
        long[] sent = {0};
        try (var consumer = consumer();
                var producer = producer()) {
            var partitions = partitions(consumer);
            consumer.assign(partitions);
            var known = consumer.committed(new HashSet<>(partitions));
            consumer.seekToBeginning(partitions);
            if (!again) {
                known.forEach((partition, offset) -> {
                    if (offset != null) {
                        consumer.seek(partition, offset);
                    }
                });
            }
            read(consumer, consumer.endOffsets(partitions), batch -> {
                var answers = new ArrayList<Future<?>>();
                for (SetAside each : batch) {
                    if (chosen == null || chosen.test(each)) {
                        switch (each.wayBack(prefix, most)) {
                            case SetAside.Way.Back back -> answers.add(producer.send(back.record()));
                            case SetAside.Way.Stays stays -> stayed.merge(stays.why(), 1L, Long::sum);
                        }
                    }
                }
                await(answers);
                sent[0] += answers.size();
                if (chosen == null) {
                    consumer.commitSync(behind(batch));
                }
            });
        }
        return new Outcome(sent[0], Map.copyOf(stayed));
    }

    private static void await(Collection<Future<?>> answers) {
        try {
            for (Future<?> answer : answers) {
                answer.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("cannot send back: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> behind(List<SetAside> batch) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (SetAside each : batch) {
            ConsumerRecord<?, ?> record = each.record();
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        return offsets;
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Consumer<List<SetAside>> action) {
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            var batch = new ArrayList<SetAside>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    batch.add(new SetAside(record));
                }
            }
            if (!batch.isEmpty()) {
                action.accept(batch);
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        return consumer.partitionsFor(name).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var properties = new HashMap<>(clients);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        var properties = new HashMap<>(clients);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 32 << 20);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
