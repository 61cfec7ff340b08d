package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.domain.AllowListListener;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.tuning.AllowEntry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the scores that each allow-list entry lowered. */
public final class AllowListCounter implements AllowListListener {

    private final MeterRegistry meters;
    private final Map<String, Counter> byPattern = new ConcurrentHashMap<>();

    public AllowListCounter(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void applied(AllowEntry entry) {
        byPattern
                .computeIfAbsent(
                        entry.getPattern(), pattern -> Metric.ENRICHER_ALLOWED.counter(meters, "entry", pattern))
                .increment();
    }
}
