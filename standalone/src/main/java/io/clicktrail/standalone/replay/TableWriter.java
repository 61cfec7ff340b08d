package io.clicktrail.standalone.replay;

import io.clicktrail.schemas.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Writes to a compacted topic; {@link #close} throws the first failure. */
public final class TableWriter<V> implements AutoCloseable {
    private final Topic<String, V> topic;
    private final KafkaProducer<String, V> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** @param clients how to reach the brokers */
    public TableWriter(Topic<String, V> topic, Map<String, Object> clients) {
        this.topic = topic;
        var properties = new HashMap<>(clients);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        producer = new KafkaProducer<>(
                properties, topic.keySerde().serializer(), topic.valueSerde().serializer());
    }

    /** @param value null to delete the entry */
    public void put(String key, @Nullable V value) {
        send(new ProducerRecord<>(topic.name(), key, value));
    }

    /**
     * Puts an entry into a table that is joined by time with the logs, and so must not be ahead of them.
     *
     * @param at its timestamp; a time in the future counts as now
     */
    void put(String key, V value, Instant at) {
        long millis = Math.clamp(at.toEpochMilli(), 0, System.currentTimeMillis());
        send(new ProducerRecord<>(topic.name(), null, millis, key, value));
    }

    /** Puts the entry into every partition. */
    void putEverywhere(String key, V value) {
        for (var partition : producer.partitionsFor(topic.name())) {
            send(new ProducerRecord<>(topic.name(), partition.partition(), key, value));
        }
    }

    private void send(ProducerRecord<String, V> record) {
        producer.send(record, (metadata, problem) -> failure.compareAndSet(null, problem));
    }

    @Override
    public void close() {
        producer.close();
        Exception first = failure.get();
        if (first != null) {
            throw new KafkaException("cannot write to " + topic.name() + ": " + first.getMessage(), first);
        }
    }
}
