package io.clicktrail.normalizer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Source;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecordCountersTest {

    private static final Instant TIME = Instant.parse("2026-03-02T10:00:00Z");

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final RecordCounters counters = new RecordCounters(meters);

    @Test
    void tellsHowLateTheEventsOfADatasetCome() {
        count("zeek.conn", TIME.plusSeconds(40));

        var delay =
                meters.get(Metric.EVENT_DELAY.id()).tag("dataset", "zeek.conn").timer();
        assertThat(delay.count()).isEqualTo(1);
        assertThat(delay.max(TimeUnit.SECONDS)).isEqualTo(40);
    }

    @Test
    void tellsHowLongADatasetHasBeenSilent() {
        count("zeek.conn", TIME);
        clock.add(Duration.ofMinutes(5));
        count("zeek.dns", TIME);

        assertThat(silence("zeek.conn")).isEqualTo(300);
        assertThat(silence("zeek.dns")).isZero();

        count("zeek.conn", TIME);

        assertThat(silence("zeek.conn")).isZero();
    }

    private double silence(String dataset) {
        return meters.get(Metric.SENSOR_SILENCE.id())
                .tag("dataset", dataset)
                .gauge()
                .value();
    }

    private void count(String dataset, Instant delivered) {
        var event = Event.newBuilder()
                .setEventId("1")
                .setTime(TIME)
                .setKind(EventKind.OTHER)
                .setSource(Source.newBuilder()
                        .setDataset(dataset)
                        .setTopic("clicktrail.raw.logs")
                        .setPartition(0)
                        .setOffset(0)
                        .setSha256("")
                        .build())
                .build();
        counters.count(new Outcome.Normalized(List.of(event), List.of(), List.of()), delivered.toEpochMilli());
    }
}
