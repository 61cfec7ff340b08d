package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.process.Publishers;
import io.clicktrail.enricher.process.StartedProcess;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RecordCopy;
import io.clicktrail.streams.health.Canary;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into evidence; what can neither be part of a chain nor is wanted by the SIEM ends here.
 *
 * <p>An event that knows its process or that one's parent by pid alone gets what is known of it, and goes on at once.
 * Where a start that says more of it is delivered after it, within the grace, its evidence goes on again and replaces
 * the first, or takes it back where the event plays no part then. So does a program that ran, once a sensor reports
 * who signed its image. The SIEM's copy is not sent again.
 */
public final class EnrichEvents implements Processor<String, Event, String, ResolutionInput> {

    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final List<Role> LINEAGE_ALONE = List.of(Role.LINEAGE);

    /** The order of a start with its signature; without, that of such a start is 0. */
    private static final long SIGNED = 1;

    private final TuningTable tunings;
    private final Enrichment enrichment;
    private final boolean describes;
    private final Counter received;
    private final Counter refusedNames;
    private final Counter evictedSignatures;
    private final Canary canary;
    private ProcessorContext<String, ResolutionInput> context;
    private ProcessTable processes;
    private AskingEvents asking;
    private AccountNames accounts;
    private ImageSignatures signatures;

    /** @param describes true where the SIEM wants every event */
    public EnrichEvents(TuningTable tunings, Enrichment enrichment, boolean describes, MeterRegistry meters) {
        this.tunings = tunings;
        this.enrichment = enrichment;
        this.describes = describes;
        this.received = Metric.ENRICHER_RECEIVED.counter(meters);
        this.refusedNames = Metric.ENRICHER_NAMES_REFUSED.counter(meters);
        this.evictedSignatures = Metric.ENRICHER_SIGNATURES_EVICTED.counter(meters);
        this.canary = new Canary(meters);
    }

    @Override
    public void init(ProcessorContext<String, ResolutionInput> given) {
        context = given;
        processes = new ProcessTable(context.getStateStore(EnricherStores.PROCESSES));
        asking = new AskingEvents(context.getStateStore(EnricherStores.ASKING_EVENTS));
        accounts = new AccountNames(context.getStateStore(EnricherStores.ACCOUNT_NAMES), refusedNames);
        signatures = new ImageSignatures(context.getStateStore(EnricherStores.IMAGE_SIGNATURES), evictedSignatures);
        context.schedule(SWEEP, PunctuationType.STREAM_TIME, this::sweep);
    }

    @Override
    public void process(Record<String, Event> record) {
        received.increment();
        Event given = record.value();
        boolean heartbeat = given.getKind() == EventKind.HEARTBEAT;
        if (heartbeat && !isFirstPartition()) {
            return;
        }
        if (heartbeat && Canary.is(given)) {
            canary.arrived(record.timestamp(), context.currentSystemTimeMs());
        }
        var platform =
                given.getHost() == null ? Platform.UNKNOWN : given.getHost().getPlatform();
        var tuning = tunings.of(platform);
        boolean isOfHost = given.getProcess() != null && LeaseClaims.isHost(record.key());
        @Nullable Long asked = isOfHost ? StartedProcess.askedPid(given) : null;
        @Nullable
        StartedProcess known = asked == null
                ? null
                : StartedProcess.at(
                        given.getTime(), asked, processes.startsOf(record.key(), asked), platform, tuning.processes());
        Event event = known == null ? given : known.in(given);
        if (LeaseClaims.isHost(record.key())) {
            accounts.learn(record.key(), given, record.timestamp());
        }
        @Nullable
        Evidence evidence = isOfHost && asked == null
                ? signed(record, enriched(given, null, record.key(), tuning), tuning)
                : enriched(given, known, record.key(), tuning);
        if (evidence != null) {
            context.forward(record.withValue(new ResolutionInput.ForChains(evidence)));
        }
        if (asked != null && isWorthRemembering(given, evidence)) {
            asking.remember(record.key(), asked, given, record.timestamp());
        }
        if (isOfHost && StartedProcess.startsOrEnds(given)) {
            learn(record, platform, tuning);
        }
        if (isOfHost && Publishers.isSignature(given)) {
            learnSignature(record, platform, tuning);
        }
        if (describes && !heartbeat) {
            Evidence described = evidence != null
                    ? evidence
                    : accounts.named(record.key(), event, enrichment.describe(event, record.key(), tuning));
            context.forward(record.withValue(new ResolutionInput.Described(described)));
        }
    }

    /** The evidence of a program that ran, with the signature that was reported of its image. */
    private @Nullable Evidence signed(
            Record<String, Event> record, @Nullable Evidence evidence, CompiledTuning tuning) {
        Event start = record.value();
        if (evidence == null
                || !evidence.getRoles().contains(Role.EXECUTION)
                || !ImageSignatures.lacksSignature(start)) {
            return evidence;
        }
        @Nullable Event signed = signatures.signed(record.key(), start, record.timestamp());
        if (signed == null) {
            signatures.await(record.key(), start, record.timestamp());
            return evidence;
        }
        return enriched(signed, null, record.key(), tuning);
    }

    /** Takes in who signed an image, and sends again what ran of it. */
    private void learnSignature(Record<String, Event> record, Platform platform, CompiledTuning tuning) {
        @Nullable String image = record.value().getProcess().getExecutable();
        boolean isKept = image == null || tuning.userPaths().ruleOf(platform, image) != null;
        for (Event start : signatures.learn(record.key(), record.value(), isKept, record.timestamp())) {
            @Nullable Evidence evidence = enriched(start, null, record.key(), tuning);
            if (evidence != null) {
                context.forward(record.withValue(new ResolutionInput.ForChains(
                        RecordCopy.of(evidence).set("process_order", SIGNED).build())));
            }
        }
    }

    private @Nullable Evidence enriched(
            Event given, @Nullable StartedProcess known, String host, CompiledTuning tuning) {
        @Nullable Evidence evidence = enrichment.enrich(known == null ? given : known.in(given), host, tuning);
        if (evidence == null) {
            return null;
        }
        Evidence named = accounts.named(host, given, evidence);
        return known == null
                ? named
                : RecordCopy.of(named)
                        .set("process_order", known.order(named.getPlatform(), tuning.processes()))
                        .build();
    }

    /** A start may be a click or part of the lineage by its parent alone; what else plays no part never does. */
    private static boolean isWorthRemembering(Event event, @Nullable Evidence evidence) {
        return event.getKind() == EventKind.PROCESS_START
                ? event.getOutcome() != EventOutcome.FAILURE
                : evidence != null && !evidence.getRoles().isEmpty();
    }

    /** Takes in a start or end, and sends again what it says more of. */
    private void learn(Record<String, Event> record, Platform platform, CompiledTuning tuning) {
        String host = record.key();
        long pid = record.value().getProcess().getPid();
        List<Process> before = processes.startsOf(host, pid);
        List<Process> after = processes.learn(host, record.value(), before, platform, tuning, lateness());
        if (after == before) {
            return;
        }
        for (Event event : asking.of(host, pid)) {
            @Nullable
            StartedProcess was = StartedProcess.at(event.getTime(), pid, before, platform, tuning.processes());
            @Nullable StartedProcess is = StartedProcess.at(event.getTime(), pid, after, platform, tuning.processes());
            if (is != null && !is.equals(was)) {
                sendAgain(record, event, was, is, tuning);
            }
        }
    }

    private void sendAgain(
            Record<String, Event> record,
            Event event,
            @Nullable StartedProcess was,
            StartedProcess is,
            CompiledTuning tuning) {
        @Nullable Evidence first = enriched(event, was, record.key(), tuning);
        @Nullable Evidence now = enriched(event, is, record.key(), tuning);
        @Nullable Evidence next;
        if (first == null || first.getRoles().isEmpty()) {
            next = now;
        } else if (now == null || now.getRoles().isEmpty()) {
            next = RecordCopy.of(first)
                    .set("roles", List.of())
                    .set("process_order", is.order(first.getPlatform(), tuning.processes()))
                    .set("withdrawn", true)
                    .build();
        } else if (now.getDomain() == null && LINEAGE_ALONE.equals(now.getRoles())) {
            // The same way as the first took, so that it does not come before it.
            next = RecordCopy.of(now).set("domain", first.getDomain()).build();
        } else {
            next = now;
        }
        if (next != null) {
            context.forward(record.withValue(new ResolutionInput.ForChains(next)));
        }
    }

    private void sweep(long now) {
        processes.sweep(Instant.ofEpochMilli(now), lateness());
        asking.forget(now - lateness().toMillis());
        accounts.sweep(now);
        signatures.sweep(now);
    }

    private Duration lateness() {
        return Duration.ofMillis(tunings.of(Platform.UNKNOWN).document().getGraceMs());
    }

    /**
     * Every partition of events carries each heartbeat, and each goes to every partition of evidence: one copy is
     * enough.
     */
    private boolean isFirstPartition() {
        return context.taskId().partition() == 0;
    }
}
