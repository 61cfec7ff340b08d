package io.clicktrail.enricher.kafka;

import io.clicktrail.domains.FirstSeen;
import io.clicktrail.enricher.domain.FirstSeenRecord;
import io.clicktrail.enricher.domain.NewDomainLimiter;
import io.clicktrail.enricher.domain.Novelty;
import io.clicktrail.enricher.evidence.EvidenceCompletion;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.streams.commits.CommitPolicy;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps when every tenant key was first seen, the earliest event time, and completes the score of evidence by it.
 * Whoever touches a key in its first hours sees it as new, and a replay gets the answers of the first run. A key that
 * nobody touches for half a year is forgotten.
 *
 * <p>Only evidence of hosts that are known, by a clock that can be trusted, makes a place known: whoever can write log
 * lines can write any address into them. What has an unknown host or a suspect time is answered from what the others
 * showed. For the same reason no contact counts as older than {@link #MAX_LATENESS} before its delivery, whatever time
 * it has: a place becomes known, and ordinary, as contacts with it are delivered.
 *
 * <p>While a partition learns what is ordinary, newness counts for less. Learning lasts for a set time of delivery
 * after the partition's first record, or until history is seeded.
 */
public final class RecordFirstSeen implements Processor<String, FirstSeenInput, String, SpecificRecord> {

    /** Origin of what the enricher has seen itself. */
    public static final String OBSERVED = "observed";

    /** No tenant key: it holds blanks. On the topic of domains it ends the learning of its partition. */
    public static final String LEARNING_OVER = "learning is over";

    /** No tenant key either. Under it is when the partition began to learn. */
    private static final String LEARNING_SINCE = "learning since";

    /** How long before its delivery a contact may have been. */
    private static final Duration MAX_LATENESS = Duration.ofHours(1);

    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final int SWEPT = 5_000;
    private static final int SILENT_DAYS = 180;

    private final Duration learning;
    private final TuningTable tunings;
    private final NewDomainLimiter newNames;
    private final Counter newDomains;
    private final Counter cappedDomains;
    private final Counter expiredDomains;
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, FirstSeenRecord> firstSeen;
    private @Nullable String sweptTo;

    /**
     * Latest delivery of evidence. Seeds are delivered when they are loaded, which may be years after the logs of a
     * replay.
     */
    private long latest = Long.MIN_VALUE;

    public RecordFirstSeen(TuningTable tunings, EnricherSettings settings, MeterRegistry meters) {
        this.tunings = tunings;
        this.learning = settings.learning();
        this.newNames = new NewDomainLimiter(settings.newNamesPerSuffix());
        this.newDomains = Metric.ENRICHER_NEW_DOMAINS.counter(meters);
        this.cappedDomains = Metric.ENRICHER_CAPPED_DOMAINS.counter(meters);
        this.expiredDomains = Metric.ENRICHER_EXPIRED_DOMAINS.counter(meters);
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> given) {
        context = given;
        firstSeen = context.getStateStore(EnricherStores.FIRST_SEEN);
        CommitPolicy.apply(context);
        context.schedule(SWEEP, PunctuationType.STREAM_TIME, now -> sweep());
    }

    @Override
    public void process(Record<String, FirstSeenInput> record) {
        switch (record.value()) {
            case FirstSeenInput.Observed observed -> observe(record, observed.evidence());
            case FirstSeenInput.Recorded recorded -> take(recorded.firstSeen(), record.timestamp());
        }
    }

    private void observe(Record<String, FirstSeenInput> record, Evidence evidence) {
        latest = Math.max(latest, record.timestamp());
        if (evidence.getMovedTo() != null) {
            takeBack(record.key(), evidence);
        }
        if (evidence.getMovedTo() != null || evidence.getWithdrawn()) {
            context.forward(record.withKey(evidence.getHost()).withValue(evidence));
            return;
        }
        Novelty novelty = noveltyOf(record, evidence);
        @Nullable
        Evidence finished = EvidenceCompletion.withNovelty(evidence, novelty, tunings.of(evidence.getPlatform()));
        if (finished != null) {
            context.forward(record.withKey(finished.getHost()).withValue(finished));
        }
    }

    /** A host that goes by another name counts under that one. */
    private void takeBack(String tenantKey, Evidence evidence) {
        @Nullable FirstSeenRecord known = firstSeen.get(tenantKey);
        @Nullable FirstSeenRecord now = known == null ? null : known.without(evidence.getHost());
        if (now != null && now != known) {
            firstSeen.put(tenantKey, now);
        }
    }

    private Novelty noveltyOf(Record<String, FirstSeenInput> record, Evidence evidence) {
        String tenantKey = record.key();
        Instant seen = timeOf(evidence.getEvent(), record.timestamp());
        boolean learns = isLearning(record.timestamp());
        @Nullable FirstSeenRecord known = firstSeen.get(tenantKey);
        if (evidence.getHostVia() == HostVia.UNRESOLVED
                || evidence.getEvent().getTimeQuality() == TimeQuality.SUSPECT) {
            return noveltyOf(known == null ? FirstSeenRecord.of(seen, record.timestamp()) : known, seen, learns);
        }
        if (known == null) {
            if (!learns && !newNames.takes(evidence.getDomain(), seen)) {
                cappedDomains.increment();
                return new Novelty.Burst(seen);
            }
            newDomains.increment();
        }
        FirstSeenRecord now = (known == null ? FirstSeenRecord.of(seen, record.timestamp()) : known)
                .with(seen, record.timestamp(), evidence.getHost());
        now = handsOutProgram(evidence) ? now.withProgram(seen) : now;
        if (now != known) {
            firstSeen.put(tenantKey, now);
        }
        if (known == null || now.firstSeen() < known.firstSeen() || now.firstProgram() < known.firstProgram()) {
            context.forward(record.withValue(new FirstSeen(tenantKey, now.first(), OBSERVED, now.firstProgramTime())));
        }
        return noveltyOf(now, seen, learns);
    }

    private static Novelty noveltyOf(FirstSeenRecord record, Instant seen, boolean learns) {
        return learns
                ? new Novelty.Learning(record.first(), record.prevalence(seen), record.firstProgramTime())
                : new Novelty.Seen(record.first(), record.prevalence(seen), record.firstProgramTime());
    }

    /** Until novelty is known, the flag says that the event shows a program that comes from the place. */
    private static boolean handsOutProgram(Evidence evidence) {
        return evidence.getDomain() != null && evidence.getDomain().getFirstProgram();
    }

    private void take(FirstSeen entry, long delivered) {
        String tenantKey = entry.getTenantKey();
        if (tenantKey.equals(LEARNING_OVER)) {
            firstSeen.put(LEARNING_SINCE, FirstSeenRecord.of(Instant.EPOCH, delivered));
            return;
        }
        @Nullable FirstSeenRecord known = firstSeen.get(tenantKey);
        FirstSeenRecord now = known == null
                ? FirstSeenRecord.of(entry.getFirstSeen(), delivered)
                : known.with(entry.getFirstSeen(), delivered);
        now = entry.getFirstProgram() == null ? now : now.withProgram(entry.getFirstProgram());
        if (now != known) {
            firstSeen.put(tenantKey, now);
        }
    }

    private boolean isLearning(long delivered) {
        if (learning.isZero()) {
            return false;
        }
        @Nullable FirstSeenRecord since = firstSeen.get(LEARNING_SINCE);
        if (since == null) {
            since = FirstSeenRecord.of(Instant.ofEpochMilli(delivered), delivered);
            firstSeen.put(LEARNING_SINCE, since);
        }
        return delivered < since.first().toEpochMilli() + learning.toMillis();
    }

    private void sweep() {
        if (latest == Long.MIN_VALUE) {
            return;
        }
        List<String> silent = new ArrayList<>();
        int seen = 0;
        try (KeyValueIterator<String, FirstSeenRecord> rest = firstSeen.range(sweptTo, null)) {
            while (rest.hasNext() && seen++ < SWEPT) {
                var entry = rest.next();
                sweptTo = entry.key;
                if (entry.value.isSilent(latest, SILENT_DAYS) && !entry.key.equals(LEARNING_SINCE)) {
                    silent.add(entry.key);
                }
            }
            if (!rest.hasNext()) {
                sweptTo = null;
            }
        }
        for (String tenantKey : silent) {
            firstSeen.delete(tenantKey);
            expiredDomains.increment();
            context.forward(new Record<>(tenantKey, null, latest));
        }
    }

    /** Neither a clock that cannot be trusted nor a line with an old time must make a domain look old. */
    private static Instant timeOf(Event event, long delivered) {
        Instant latest = Instant.ofEpochMilli(delivered);
        if (event.getTimeQuality() == TimeQuality.SUSPECT) {
            return latest;
        }
        Instant earliest = latest.minus(MAX_LATENESS);
        return event.getTime().isBefore(earliest) ? earliest : event.getTime();
    }
}
