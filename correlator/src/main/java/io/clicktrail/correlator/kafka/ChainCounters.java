package io.clicktrail.correlator.kafka;

import io.clicktrail.correlator.chain.StateBound;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the correlator counts. */
final class ChainCounters {

    private final Map<StateBound, Counter> dropped = new EnumMap<>(StateBound.class);
    private final Map<DetectionChange, Counter> emitted = new EnumMap<>(DetectionChange.class);
    private final Counter received;

    ChainCounters(MeterRegistry meters) {
        received = Metric.CORRELATOR_RECEIVED.counter(meters);
        for (var bound : StateBound.values()) {
            dropped.put(bound, Metric.CHAIN_DROPPED.counter(meters, "bound", label(bound)));
        }
        for (var change : DetectionChange.values()) {
            emitted.put(change, Metric.DETECTIONS.counter(meters, "change", label(change)));
        }
    }

    void received() {
        received.increment();
    }

    void dropped(StateBound bound) {
        Objects.requireNonNull(dropped.get(bound)).increment();
    }

    void emitted(DetectionChange change) {
        Objects.requireNonNull(emitted.get(change)).increment();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
