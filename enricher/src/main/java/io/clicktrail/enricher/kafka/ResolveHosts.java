package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.Enrichment;
import io.clicktrail.enricher.identity.LeaseBook;
import io.clicktrail.enricher.identity.Resolution;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.identity.Lease;
import io.clicktrail.streams.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Gives evidence of network and mail logs the host that had the address or user at the time of the event.
 *
 * <p>A known host is passed on at once. The evidence stays in the waiting room until its grace is over all the same: a lease
 * that comes later and changes the answer sends it on again, so that what finally stands under a host does not depend on
 * which came first. What nobody has claimed by then goes on unresolved.
 */
public final class ResolveHosts implements Processor<String, Arrival, String, Evidence> {

    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final TuningTable tunings;
    private final int capacity;
    private final Counter waited;
    private final Counter unresolved;
    private final Counter crowdedOut;
    private ProcessorContext<String, Evidence> context;
    private LeaseShelf leases;
    private WaitingRoom waiting;

    /** @param capacity greatest number of pieces of evidence that wait in one task */
    public ResolveHosts(TuningTable tunings, int capacity, MeterRegistry meters) {
        this.tunings = tunings;
        this.capacity = capacity;
        this.waited = Metric.ENRICHER_WAITED.counter(meters);
        this.unresolved = Metric.ENRICHER_UNRESOLVED.counter(meters);
        this.crowdedOut = Metric.ENRICHER_CROWDED_OUT.counter(meters);
    }

    @Override
    public void init(ProcessorContext<String, Evidence> given) {
        context = given;
        leases = new LeaseShelf(context.getStateStore(EnricherStores.LEASES));
        waiting = new WaitingRoom(context.getStateStore(EnricherStores.WAITING_EVIDENCE), capacity);
        context.schedule(CHECK, PunctuationType.STREAM_TIME, this::passOnOverdue);
        context.schedule(SWEEP, PunctuationType.STREAM_TIME, now -> leases.sweep(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, Arrival> record) {
        switch (record.value()) {
            case Arrival.Judged judged -> take(record.key(), judged.evidence(), record.timestamp());
            case Arrival.Claimed claimed -> learn(claimed.lease());
        }
    }

    private void take(String key, Evidence evidence, long delivered) {
        if (!Enrichment.awaitsHost(evidence)) {
            passOn(evidence, delivered);
            return;
        }
        boolean isNew = waiting.enter(key, evidence, delivered);
        Resolution resolution = leases.book(key).at(evidence.getEvent().getTime());
        if (isNew && resolution instanceof Resolution.Unknown) {
            waited.increment();
        }
        passOnIfKnown(evidence, resolution, delivered);
        while (waiting.isCrowded()) {
            crowdedOut.increment();
            leave(Long.MAX_VALUE);
        }
    }

    private void learn(Lease lease) {
        String key = lease.getKey();
        LeaseBook before = leases.book(key);
        leases.add(lease, Instant.ofEpochMilli(context.currentStreamTimeMs()));
        LeaseBook after = leases.book(key);
        for (ValueAndTimestamp<Evidence> entry : waiting.waitingFor(key)) {
            Instant time = entry.value().getEvent().getTime();
            Resolution now = after.at(time);
            if (!now.equals(before.at(time))) {
                passOnIfKnown(entry.value(), now, entry.timestamp());
            }
        }
    }

    private void passOnOverdue(long now) {
        long grace = tunings.of(Platform.UNKNOWN).document().getGraceMs();
        while (leave(now - grace)) {}
    }

    /** Lets the longest waiting evidence go; false where none was delivered before that time. */
    private boolean leave(long deliveredBefore) {
        ValueAndTimestamp<Evidence> entry = waiting.leave(deliveredBefore);
        if (entry == null) {
            return false;
        }
        Evidence evidence = entry.value();
        if (leases.book(evidence.getHost()).at(evidence.getEvent().getTime()) instanceof Resolution.Unknown) {
            unresolved.increment();
            passOn(evidence, entry.timestamp());
        }
        return true;
    }

    private void passOnIfKnown(Evidence evidence, Resolution resolution, long delivered) {
        switch (resolution) {
            case Resolution.Known known -> passOn(Enrichment.located(evidence, known), delivered);
            case Resolution.Unknown unknown -> {}
        }
    }

    private void passOn(Evidence evidence, long delivered) {
        context.forward(new Record<>(evidence.getHost(), evidence, delivered));
    }
}
