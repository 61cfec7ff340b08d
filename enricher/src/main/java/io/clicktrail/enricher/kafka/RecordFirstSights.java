package io.clicktrail.enricher.kafka;

import io.clicktrail.domains.FirstSeen;
import io.clicktrail.enricher.Enrichment;
import io.clicktrail.enricher.domain.Novelty;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.streams.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first sight of every tenant key, the earliest event time, and finishes the judgement of evidence by it. Whoever
 * touches a key in its first hours sees it as new, and a replay gets the answers of the first run.
 *
 * <p>While a partition learns what is ordinary nothing counts as new. Learning lasts for a set time of delivery after the
 * partition's first record; none at all where the history is seeded.
 */
public final class RecordFirstSights implements Processor<String, Sight, String, SpecificRecord> {

    /** Origin of what the enricher has seen itself. */
    public static final String OBSERVED = "observed";

    /** No tenant key: it holds a blank. Under it stands when the partition began to learn. */
    private static final String LEARNING_SINCE = "learning since";

    private final Duration learning;
    private final TuningTable tunings;
    private final Counter newDomains;
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, Long> firstSights;

    public RecordFirstSights(TuningTable tunings, Duration learning, MeterRegistry meters) {
        this.tunings = tunings;
        this.learning = learning;
        this.newDomains = Metric.ENRICHER_NEW_DOMAINS.counter(meters);
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> given) {
        context = given;
        firstSights = context.getStateStore(EnricherStores.FIRST_SIGHTS);
    }

    @Override
    public void process(Record<String, Sight> record) {
        switch (record.value()) {
            case Sight.Observed observed -> observe(record, observed.evidence());
            case Sight.Recorded recorded -> {
                FirstSeen entry = recorded.firstSeen();
                keepEarliest(entry.getTenantKey(), micros(entry.getFirstSeen()));
            }
        }
    }

    private void observe(Record<String, Sight> record, Evidence evidence) {
        String tenantKey = record.key();
        long seen = micros(timeOf(evidence.getEvent(), record.timestamp()));
        Earliest earliest = keepEarliest(tenantKey, seen);
        Instant first = instant(earliest.micros());
        if (earliest.isNew()) {
            newDomains.increment();
        }
        if (earliest.isChanged()) {
            context.forward(record.withValue(new FirstSeen(tenantKey, first, OBSERVED)));
        }
        Novelty novelty = isLearning(record.timestamp()) ? new Novelty.Learning(first) : new Novelty.Seen(first);
        @Nullable Evidence finished = Enrichment.finished(evidence, novelty, tunings.of(evidence.getPlatform()));
        if (finished != null) {
            context.forward(record.withKey(finished.getHost()).withValue(finished));
        }
    }

    private Earliest keepEarliest(String tenantKey, long micros) {
        @Nullable Long known = firstSights.get(tenantKey);
        if (known != null && known <= micros) {
            return new Earliest(known, false, false);
        }
        firstSights.put(tenantKey, micros);
        return new Earliest(micros, known == null, true);
    }

    private boolean isLearning(long delivered) {
        @Nullable Long since = firstSights.get(LEARNING_SINCE);
        if (since == null) {
            firstSights.put(LEARNING_SINCE, delivered);
            since = delivered;
        }
        return delivered < Objects.requireNonNull(since) + learning.toMillis();
    }

    /** A clock that cannot be trusted must not make a domain look old. */
    private static Instant timeOf(Event event, long delivered) {
        return event.getTimeQuality() == TimeQuality.SUSPECT ? Instant.ofEpochMilli(delivered) : event.getTime();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private record Earliest(long micros, boolean isNew, boolean isChanged) {}
}
