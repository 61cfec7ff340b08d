package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.streams.failures.LastFailure;
import io.clicktrail.streams.health.CurrentStreams;
import io.clicktrail.streams.time.ClockSteps;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

class StreamsStarterTest {

    private static final Instant NOW = Instant.parse("2026-10-14T09:00:00Z");
    private static final int SECONDS = 30;

    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
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
        return new StreamsStarter(streams, new CurrentStreams(), new LastFailure(), clock);
    }
}
