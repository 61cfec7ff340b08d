package io.clicktrail.standalone.replay;

import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.ServiceContext;
import io.clicktrail.streams.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the raw records, as the normalizer counted it.
 *
 * @param delivered records that were written to the raw topic, counted by the writer
 * @param normalized records that gave at least one event
 * @param ignored records that are understood but of no use here, by dataset
 * @param rejected records that could not be read, by reason
 * @param faults broken documents inside normalized records, by reason
 */
public record Accounting(
        long delivered,
        long normalized,
        Map<String, Long> ignored,
        Map<String, Long> rejected,
        Map<String, Long> faults) {

    /**
     * @param delivered records that were written, without heartbeats
     * @param heartbeats records of ours, which the normalizer counts too
     */
    static Accounting of(long delivered, long heartbeats, List<ServiceContext> services) {
        MeterRegistry meters = services.stream()
                .filter(context -> context.service() == Service.NORMALIZER)
                .findFirst()
                .orElseThrow()
                .meters();
        return new Accounting(
                delivered,
                (long) Metric.RAW_NORMALIZED.counter(meters).count() - heartbeats,
                byTag(meters, Metric.RAW_IGNORED, "dataset"),
                byTag(meters, Metric.RAW_REJECTED, "reason"),
                byTag(meters, Metric.RAW_FAULTS, "reason"));
    }

    /** {@code received = normalized + ignored + rejected}, in numbers. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%,d received = %,d normalized + %,d ignored + %,d rejected",
                delivered,
                normalized,
                sum(ignored),
                sum(rejected));
    }

    /** Whether the numbers of the normalizer add up to what was delivered. */
    public boolean addsUp() {
        return delivered == normalized + sum(ignored) + sum(rejected);
    }

    public static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> byTag(MeterRegistry meters, Metric metric, String tag) {
        var counts = new TreeMap<String, Long>();
        for (Counter counter : meters.find(metric.id()).counters()) {
            String value = counter.getId().getTag(tag);
            if (value != null) {
                counts.merge(value, (long) counter.count(), Long::sum);
            }
        }
        return counts;
    }
}
