package io.clicktrail.normalizer.kafka;

import io.clicktrail.streams.health.Canary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends a canary to the raw logs again and again, to one partition after the other. One that could not be sent is not
 * sent later: that it is missing at the end of its way is what it is for.
 */
public final class SendCanaries implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SendCanaries.class);
    private static final int MAX_BLOCKED_MILLIS = 5_000;

    private final Map<String, Object> clients;
    private final String topic;
    private final Duration every;
    private final String sender = UUID.randomUUID().toString();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("canaries").daemon().factory());
    private volatile @Nullable Producer<byte[], byte[]> producer;
    private volatile boolean running;
    private int sent;

    /**
     * @param clients how to reach the brokers
     * @param every zero for never
     */
    public SendCanaries(Map<String, Object> clients, String topic, Duration every) {
        this.clients = new HashMap<>(clients);
        this.clients.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCKED_MILLIS);
        this.topic = topic;
        this.every = every;
    }

    @Override
    public void start() {
        running = true;
        thread.scheduleWithFixedDelay(this::send, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
        var ready = producer;
        if (ready != null) {
            ready.close(Duration.ZERO);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isAutoStartup() {
        return !every.isZero();
    }

    private void send() {
        try {
            var ready = producer;
            if (ready == null) {
                ready = new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer());
                producer = ready;
            }
            int partition = sent % ready.partitionsFor(topic).size();
            var canary = "{\"" + Canary.DATASET + "\":\"" + sender + "-" + sent + "\"}";
            sent++;
            ready.send(
                    new ProducerRecord<>(topic, partition, null, canary.getBytes(StandardCharsets.UTF_8)),
                    (written, failure) -> complain(failure));
        } catch (KafkaException e) {
            complain(e);
        }
    }

    private static void complain(@Nullable Exception failure) {
        if (failure != null) {
            LOG.atWarn().setCause(failure).log("A canary could not be sent");
        }
    }
}
