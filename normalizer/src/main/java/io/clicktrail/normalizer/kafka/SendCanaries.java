package io.clicktrail.normalizer.kafka;

import io.clicktrail.normalizer.heartbeat.CanarySignature;
import java.time.Duration;
import java.time.InstantSource;
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
    private final @Nullable CanarySignature signature;
    private final InstantSource clock = InstantSource.system();
    private final String sender = UUID.randomUUID().toString();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("canaries").daemon().factory());
    private volatile @Nullable Producer<byte[], byte[]> producer;
    private volatile boolean running;
    private int sent;

    /**
     * @param clients how to reach the brokers
     * @param every zero for never
     * @param signature signs them; without one none is sent
     */
    public SendCanaries(
            Map<String, Object> clients, String topic, Duration every, @Nullable CanarySignature signature) {
        this.clients = new HashMap<>(clients);
        this.clients.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCKED_MILLIS);
        this.topic = topic;
        this.every = every;
        this.signature = signature;
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
        return !every.isZero() && signature != null;
    }

    private void send() {
        var signs = signature;
        if (signs == null) {
            return;
        }
        try {
            var ready = producer;
            if (ready == null) {
                ready = new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer());
                producer = ready;
            }
            int partition = sent % ready.partitionsFor(topic).size();
            var canary = signs.canary(sender + "-" + sent, clock.millis());
            sent++;
            ready.send(new ProducerRecord<>(topic, partition, null, canary), (written, failure) -> complain(failure));
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
