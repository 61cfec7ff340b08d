package io.clicktrail.standalone.live;

import io.clicktrail.alert.Alert;
import io.clicktrail.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the revisions of cases that are written from its opening on. */
public final class CaseWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, Alert> consumer;
    private final Map<String, Alert> latest = new HashMap<>();

    /** @param clients how to reach the brokers */
    public CaseWatch(Map<String, Object> clients, Topic<String, Alert> alerts) {
        var properties = new HashMap<>(clients);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(
                properties,
                alerts.keySerde().deserializer(),
                alerts.valueSerde().deserializer());
        Collection<TopicPartition> partitions = consumer.partitionsFor(alerts.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * Waits for cases.
     *
     * @param enough true for the last revisions of all cases so far when nothing more has to come
     * @return whether they came in time
     */
    public boolean await(Predicate<Collection<Alert>> enough, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!enough.test(latest.values())) {
            if (System.nanoTime() >= end) {
                return false;
            }
            consumer.poll(POLL).forEach(record -> {
                if (record.value() != null) {
                    latest.put(record.key(), record.value());
                }
            });
        }
        return true;
    }

    /** The last revision of each case, in the order of their first events. */
    public List<Alert> cases() {
        return latest.values().stream()
                .sorted(Comparator.comparing(Alert::getFirstEventTime).thenComparing(Alert::getAlertId))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
