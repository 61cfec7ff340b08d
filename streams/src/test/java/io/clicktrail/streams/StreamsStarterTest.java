package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.streams.failures.LastFailure;
import io.clicktrail.streams.health.CurrentStreams;
import io.clicktrail.streams.health.PendingRecords;
import io.clicktrail.streams.health.ProcessingLag;
import io.clicktrail.streams.health.StreamsHealth;
import io.clicktrail.streams.time.ClockSteps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

class StreamsStarterTest {

    private static final Instant NOW = Instant.parse("2026-10-14T09:00:00Z");
    private static final int SECONDS = 30;

    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final CurrentStreams current = new CurrentStreams();
    private final OpenConsumers consumers = new OpenConsumers();
    private final AtomicReference<Instant> wallClock = new AtomicReference<>(NOW);

    @Test
    void aFailedStartIsTriedAgain() throws InterruptedException {
        var starter = starter(1);

        starter.start();

        assertThat(next()).isEqualTo("start fails");
        assertThat(next()).isEqualTo("start");
        starter.stop();
        assertThat(calls).isEmpty();
    }

    @Test
    void kafkaStreamsIsStartedAgainAfterTheClockWasSetBack() throws InterruptedException {
        var starter = starter(0);
        starter.start();
        assertThat(next()).isEqualTo("start");

        wallClock.set(NOW.minusSeconds(3600));

        assertThat(next()).isEqualTo("stop");
        assertThat(next()).isEqualTo("start");
        starter.stop();
        assertThat(starter.isRunning()).isFalse();
        assertThat(calls).isEmpty();
    }

    @Test
    void theStepEndsThePollsThatItMeets() throws InterruptedException {
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        consumers.add(consumer);
        var starter = starter(0);
        starter.start();
        assertThat(next()).isEqualTo("start");

        wallClock.set(NOW.minusSeconds(3600));

        assertThat(next()).isEqualTo("stop");
        assertThatThrownBy(() -> consumer.poll(Duration.ZERO)).isInstanceOf(WakeupException.class);
        starter.stop();
    }

    @Test
    void livenessFailsWhereKafkaStreamsDoesNotStop() throws InterruptedException {
        var starter = starter(0);
        var lag = new ProcessingLag(current, new PendingRecords(), new SimpleMeterRegistry());
        var alive = StreamsHealth.alive(current, new LastFailure(), lag);
        starter.start();
        assertThat(next()).isEqualTo("start");
        assertThat(alive.health().getStatus()).isEqualTo(Status.UP);
        try (var neverStopped = new KafkaStreams(topology(), properties())) {
            current.customize(neverStopped);

            wallClock.set(NOW.minusSeconds(3600));

            assertThat(next()).isEqualTo("stop");
            starter.stop();
            assertThat(alive.health().getStatus()).isNotEqualTo(Status.UP);
            assertThat(calls).isEmpty();
        }
    }

    private static Topology topology() {
        var builder = new StreamsBuilder();
        builder.stream("raw").to("events");
        return builder.build();
    }

    private static Properties properties() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "starter");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        return properties;
    }

    private String next() throws InterruptedException {
        return String.valueOf(calls.poll(SECONDS, TimeUnit.SECONDS));
    }

    private StreamsStarter starter(int failures) {
        var streams = new StreamsBuilderFactoryBean() {
            private int starts;

            @Override
            public synchronized void start() {
                if (starts++ < failures) {
                    calls.add("start fails");
                    throw new KafkaException("No broker");
                }
                calls.add("start");
            }

            @Override
            public void stop() {
                calls.add("stop");
            }
        };
        var clock = new ClockSteps(wallClock::get, () -> 0);
        return new StreamsStarter(streams, current, new LastFailure(), consumers, clock);
    }
}
