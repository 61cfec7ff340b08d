package io.clicktrail.enricher.kafka;

import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.kstream.ForeachAction;

/** Counts what goes to the correlator, by role. */
public final class EvidenceCounter implements ForeachAction<String, Evidence> {

    private final Map<Role, Counter> byRole = new EnumMap<>(Role.class);

    public EvidenceCounter(MeterRegistry meters) {
        for (Role role : Role.values()) {
            byRole.put(
                    role,
                    Metric.ENRICHER_EVIDENCE.counter(meters, "role", role.name().toLowerCase(Locale.ROOT)));
        }
    }

    @Override
    public void apply(String key, Evidence evidence) {
        if (evidence.getMovedTo() != null) {
            return;
        }
        for (Role role : evidence.getRoles()) {
            Objects.requireNonNull(byRole.get(role)).increment();
        }
    }
}
