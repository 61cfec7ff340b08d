package io.clicktrail.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Every metric of the suite. Prometheus shows counters with the suffix {@code _total} and dots as underscores. */
public enum Metric {
    DEAD_LETTERS("clicktrail.dead.letters", "Records on which the service failed by a bug; alert on any"),
    BROKEN_WORLD("clicktrail.broken.world", "Stops because broker, registry or disk failed; each is retried"),
    ENRICHER_RECEIVED("clicktrail.enricher.received", "Events that the enricher has read, heartbeats included"),
    ENRICHER_EVIDENCE("clicktrail.enricher.evidence", "Evidence written, by role; one piece may have several"),
    ENRICHER_WAITED("clicktrail.enricher.waited", "Evidence without a host for which no lease had come yet"),
    ENRICHER_UNRESOLVED("clicktrail.enricher.unresolved", "Evidence passed on without a host when its grace was over"),
    ENRICHER_CROWDED_OUT(
            "clicktrail.enricher.crowded.out", "Evidence that had to stop waiting for its host early; alert on any"),
    ENRICHER_NEW_DOMAINS("clicktrail.enricher.new.domains", "Tenant keys seen for the first time"),
    TUNING_REFUSED("clicktrail.tuning.refused", "Tuning documents that broke a rule; the old one stays in force");

    private final String id;
    private final String description;

    Metric(String id, String description) {
        this.id = id;
        this.description = description;
    }

    /** Name under which the metric is registered. */
    public String id() {
        return id;
    }

    /** The counter with these tags, given as key, value, key, value. */
    public Counter counter(MeterRegistry meters, String... tags) {
        return Counter.builder(id).description(description).tags(tags).register(meters);
    }

    /** A gauge that asks for its value, with tags given as key, value, key, value. */
    public Gauge gauge(MeterRegistry meters, Supplier<Number> value, String... tags) {
        return Gauge.builder(id, value).description(description).tags(tags).register(meters);
    }
}
