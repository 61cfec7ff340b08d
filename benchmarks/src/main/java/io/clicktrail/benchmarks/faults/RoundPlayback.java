package io.clicktrail.benchmarks.faults;

import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Plays a log into the raw topic with the times of its history, as {@code replay} does: never further ahead of the
 * evidence than the grace, and in the end until every window is closed.
 */
final class RoundPlayback implements AutoCloseable {

    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration WINDOWS = Duration.ofHours(2);

    private static final Duration WAKE_UP_STEP = Duration.ofSeconds(2);

    /** Time on the wall clock, after the windows are over, in which the correlator settles. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final int MAX_REQUEST_BYTES = 16 << 20;

    private final Topics topics;
    private final RoundProgress progress;
    private final KafkaProducer<byte @Nullable [], byte @Nullable []> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final AtomicLong now = new AtomicLong();

    RoundPlayback(Infrastructure infrastructure, Topics topics, RoundProgress progress) {
        this.topics = topics;
        this.progress = progress;
        Map<String, Object> settings = new HashMap<>(infrastructure.clients());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Delivers all lines and waits for what becomes of them.
     *
     * @param before called with the number of each line before it is delivered
     * @param over called when all lines are delivered; returns when nothing is broken any more
     * @param times gets the steps
     */
    void play(RawLog log, IntConsumer before, Recovery over, StepTimes times) throws Exception {
        long pause = log.lines().getFirst().at() + GRACE.toMillis();
        for (int number = 0; number < log.size(); number++) {
            var line = log.lines().get(number);
            if (line.at() >= pause) {
                producer.flush();
                progress.await(Service.ENRICHER);
                pause = line.at() + GRACE.toMillis();
            }
            now.set(line.at());
            before.accept(number);
            send(new ProducerRecord<>(raw(), null, line.at(), line.key(), line.value()));
        }
        producer.flush();
        times.done("logs");
        over.await();
        times.done("end of faults");
        progress.await(Service.ENRICHER);
        heartbeat(now.get() + GRACE.plus(MARGIN).toMillis());
        progress.await(Service.ENRICHER);
        times.done("evidence");
        long settled = Long.MAX_VALUE;
        for (int i = 0; System.nanoTime() < settled; i++) {
            heartbeat(now.get() + GRACE.plus(WINDOWS).toMillis() + i * WAKE_UP_STEP.toMillis());
            progress.await(Service.CORRELATOR);
            settled = i == 0 ? System.nanoTime() + SETTLED.toNanos() : settled;
        }
        times.done("chains");
        progress.await(Service.ALERTER);
        times.done("cases");
        requireSuccess();
    }

    /** Writes it at the present moment of the history. */
    void poison(Poison poison) {
        var topic = switch (poison.place()) {
            case RAW -> raw();
            case EVENTS -> topics.events().name();
        };
        send(poison.record(topic, 0, now.get()));
    }

    /** Waits for the end of what was broken on purpose. */
    @FunctionalInterface
    interface Recovery {
        void await() throws Exception;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }

    private String raw() {
        return topics.raw().getFirst().name();
    }

    private void heartbeat(long at) throws Exception {
        for (var partition : producer.partitionsFor(raw())) {
            var id = "{\"clicktrail.heartbeat\":\"" + at + "-" + partition.partition() + "\"}";
            send(new ProducerRecord<>(raw(), partition.partition(), at, null, id.getBytes(StandardCharsets.UTF_8)));
        }
        producer.flush();
        requireSuccess();
    }

    private void send(ProducerRecord<byte @Nullable [], byte @Nullable []> next) {
        producer.send(next, (written, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    private void requireSuccess() {
        var failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("The brokers do not take the logs", failed);
        }
    }
}
