package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Warns of lists that have grown old, in health and on the metrics. The service works on: an old list is better than
 * none.
 */
public final class ListAgeHealth implements HealthIndicator {

    private final Map<String, Instant> dates;
    private final Clock clock;

    public ListAgeHealth(Map<String, Instant> dates, Clock clock, MeterRegistry meters) {
        this.dates = dates;
        this.clock = clock;
        dates.forEach((name, date) -> Metric.ENRICHER_LIST_AGE.gauge(meters, () -> days(date), "list", name));
    }

    @Override
    public Health health() {
        Map<String, String> outdated = new TreeMap<>();
        dates.forEach((name, date) -> {
            if (days(date) > DomainCatalogue.OUTDATED.toDays()) {
                outdated.put(name, "of " + date.toString().substring(0, 10) + ", " + days(date) + " days old");
            }
        });
        var health = Health.up();
        return outdated.isEmpty()
                ? health.build()
                : health.withDetail("outdated", outdated).build();
    }

    private long days(Instant date) {
        return Duration.between(date, clock.instant()).toDays();
    }
}
