package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.domain.AllowHits;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.tuning.AllowEntry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the judgements that each allow-list entry lowered. */
public final class CountAllowed implements AllowHits {

    private final MeterRegistry meters;
    private final Map<String, Counter> byPattern = new ConcurrentHashMap<>();

    public CountAllowed(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void hit(AllowEntry entry) {
        byPattern
                .computeIfAbsent(
                        entry.getPattern(), pattern -> Metric.ENRICHER_ALLOWED.counter(meters, "entry", pattern))
                .increment();
    }
}
