package io.clicktrail.enricher.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class ListAgeHealthTest {

    private final Map<String, Instant> lists = TestTunings.CATALOGUES.dates();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void warnsOfListsOlderThanHalfAYearAndStaysUp() {
        Instant date = Objects.requireNonNull(lists.get("hosting.csv"));
        assertThat(agesAt(date.plus(Duration.ofDays(180)).plusSeconds(1))
                        .health()
                        .getDetails()
                        .toString())
                .doesNotContain("hosting.csv");
        var old = agesAt(date.plus(Duration.ofDays(181))).health();
        assertThat(old.getStatus()).isEqualTo(Status.UP);
        assertThat(Objects.toString(old.getDetails().get("outdated")))
                .contains("hosting.csv=of 2026-11-21, 181 days old");
        assertThat(meters.get(Metric.ENRICHER_LIST_AGE.id())
                        .tag("list", "hosting.csv")
                        .gauge()
                        .value())
                .isEqualTo(180);
    }

    private ListAgeHealth agesAt(Instant now) {
        return new ListAgeHealth(lists, Clock.fixed(now, ZoneOffset.UTC), meters);
    }
}
