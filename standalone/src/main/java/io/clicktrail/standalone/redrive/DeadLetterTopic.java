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
 * The rejected topic or a dead-letter topic. Progress is committed as the offsets of a group, so the next redrive
 * continues there. Records that arrive during a redrive are left for the next one; otherwise a record that fails again
 * at once would loop.
 */
public final class DeadLetterTopic {

    /** Group whose offsets are the progress of redrives. */
    public static final String GROUP = "clicktrail-operator";

    private static final Duration POLL = Duration.ofMillis(200);

    private final String name;
    private final Map<String, Object> clients;

    /** @param clients how to reach the brokers */
    public DeadLetterTopic(String name, Map<String, Object> clients) {
        this.name = name;
        this.clients = Map.copyOf(clients);
    }

    /**
     * Result of a redrive.
     *
     * @param sent number of records that were sent
     * @param skipped number of records that were not, by reason
     */
    public record Outcome(long sent, Map<String, Long> skipped) {}

    /** Hands over every record that the topic holds now. */
    public void readAll(Consumer<DeadLetter> action) {
        try (var consumer = consumer()) {
            var partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            read(consumer, consumer.endOffsets(partitions), batch -> batch.forEach(action));
        }
    }

    /**
     * Sends records that were not redriven before to their original topics.
     *
     * @param prefix of the topics
     * @param chosen which records; null for all. With a filter no offsets are committed, since records that it leaves
     *     out are still to be sent
     * @param again from the beginning of the topic, including records that were redriven before
     * @param max how often one record may be redriven
     * @throws KafkaException if a record could not be written; the next redrive begins with its batch
     */
    public Outcome redrive(String prefix, @Nullable Predicate<DeadLetter> chosen, boolean again, int max) {
        var skipped = new HashMap<String, Long>();
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
                for (DeadLetter each : batch) {
                    if (chosen == null || chosen.test(each)) {
                        switch (each.redrive(prefix, max)) {
                            case DeadLetter.RedriveDecision.Send send -> answers.add(producer.send(send.record()));
                            case DeadLetter.RedriveDecision.Skip skip -> skipped.merge(skip.reason(), 1L, Long::sum);
                        }
                    }
                }
                await(answers);
                sent[0] += answers.size();
                if (chosen == null) {
                    consumer.commitSync(offsetsAfter(batch));
                }
            });
        }
        return new Outcome(sent[0], Map.copyOf(skipped));
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

    private static Map<TopicPartition, OffsetAndMetadata> offsetsAfter(List<DeadLetter> batch) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (DeadLetter each : batch) {
            ConsumerRecord<?, ?> record = each.record();
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        return offsets;
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Consumer<List<DeadLetter>> action) {
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            var batch = new ArrayList<DeadLetter>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    batch.add(new DeadLetter(record));
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
