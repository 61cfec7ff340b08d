package io.clicktrail.standalone.replay;

import io.clicktrail.schemas.Topic;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;

/** Writes raw records with the time of their delivery as timestamp, as a collector does. */
public final class RawWriter implements AutoCloseable {
    private static final int BATCH_BYTES = 1 << 18;
    private static final int LINGER_MILLIS = 10;
    private static final int REQUEST_OVERHEAD_BYTES = 1 << 16;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Stack stack;
    private final Topic<byte[], byte[]> topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Callback onAnswer = (written, failed) -> {
        if (failed != null) {
            failure.compareAndSet(null, failed);
        }
    };
    private long sent;

    RawWriter(Stack stack) {
        this(stack, stack.topics().raw().getFirst());
    }

    /** @param topic of raw records on the stack's broker */
    public RawWriter(Stack stack, Topic<byte[], byte[]> topic) {
        this.stack = stack;
        this.topic = topic;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.bootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES,
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MILLIS,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        Stack.MAX_RECORD_BYTES + REQUEST_OVERHEAD_BYTES),
                topic.keySerde().serializer(),
                topic.valueSerde().serializer());
    }

    public void write(LogDelivery delivery) throws StackException {
        send(new ProducerRecord<>(topic.name(), null, delivery.at(), null, delivery.value()));
    }

    /**
     * Advances the stream time of every partition, so that windows close although no record follows.
     *
     * @param at milliseconds since 1970
     */
    void heartbeat(long at) throws StackException {
        for (PartitionInfo partition : producer.partitionsFor(topic.name())) {
            String id = "{\"clicktrail.heartbeat\":\"" + at + "-" + partition.partition() + "\"}";
            send(new ProducerRecord<>(
                    topic.name(), partition.partition(), at, null, id.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Returns when the broker has acknowledged everything. */
    public void flush() throws StackException {
        producer.flush();
        requireSuccess();
    }

    /** Records written, heartbeats included. */
    long sent() {
        return sent;
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private void send(ProducerRecord<byte[], byte[]> next) throws StackException {
        requireSuccess();
        try {
            producer.send(next, onAnswer);
        } catch (KafkaException e) {
            throw stack.failed("the broker does not take the records: " + e.getMessage(), e);
        }
        sent++;
    }

    private void requireSuccess() throws StackException {
        Exception failed = failure.get();
        if (failed != null) {
            throw stack.failed("the broker does not take the records: " + failed.getMessage(), failed);
        }
    }
}
