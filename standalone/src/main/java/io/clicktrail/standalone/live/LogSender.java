package io.clicktrail.standalone.live;

import io.clicktrail.standalone.stack.StackException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends raw records as a collector does: in their order, without keys, delivered now. */
public final class LogSender {
    private static final int MAX_BLOCK_MILLIS = 15_000;

    private LogSender() {}

    /**
     * Sends records and waits until the broker has all of them.
     *
     * @param clients how to reach the brokers
     * @throws StackException if the brokers don't take them
     */
    public static void send(Map<String, Object> clients, String topic, List<byte[]> records) throws StackException {
        var properties = new HashMap<>(clients);
        properties.putIfAbsent(ProducerConfig.ACKS_CONFIG, "all");
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = records.stream()
                    .map(value -> producer.send(new ProducerRecord<byte[], byte[]>(topic, value)))
                    .toList();
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw new StackException("cannot send to " + topic + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while sending to " + topic, e);
        }
    }
}
