package io.clicktrail.correlator.kafka;

import io.clicktrail.correlator.chain.ChainCorrelation;
import io.clicktrail.correlator.chain.HostState;
import io.clicktrail.correlator.chain.StepResult;
import io.clicktrail.correlator.detection.DetectionBuilder;
import io.clicktrail.detection.Detection;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.RecordCopy;
import io.clicktrail.streams.commits.CommitPolicy;
import io.clicktrail.streams.health.Canary;
import io.clicktrail.streams.time.StreamClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Loads a host, lets the core take a step, stores what came of it and emits the chains that changed. */
public final class CorrelateEvidence implements Processor<String, Evidence, String, Detection> {

    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
    private static final int MAX_WAKES_AT_ONCE = 64;
    private static final int MAX_WAKES_A_RECORD = 2;

    /** A heartbeat says that time passes; who waits for it to be done waits for the hosts that are due with it. */
    private static final long MAX_NANOS_A_HEARTBEAT = 2 * LONGEST_TICK.toNanos();

    private final Definitions definitions;
    private final Duration quietAfter;
    private final Duration settling;
    private final ChainCounters counters;
    private final Canary canary;
    private final MeterRegistry meters;
    private ProcessorContext<String, Detection> context;
    private KeyValueStore<String, HostState> hosts;
    private EvidenceStore evidenceStore;
    private TimerStore timers;
    private SensorStore sensors;
    private StreamClock clock;
    private OpenChainGauge open;

    /**
     * A processor of one partition.
     *
     * @param quietAfter wall-clock time without a record after which a partition is quiet
     * @param settling wall-clock time after which stream time counts as passed
     */
    public CorrelateEvidence(Definitions definitions, Duration quietAfter, Duration settling, MeterRegistry meters) {
        this.definitions = definitions;
        this.quietAfter = quietAfter;
        this.settling = settling;
        this.counters = new ChainCounters(meters);
        this.canary = new Canary(meters);
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Detection> given) {
        context = given;
        hosts = given.getStateStore(CorrelatorStores.HOSTS);
        evidenceStore = new EvidenceStore(given.getStateStore(CorrelatorStores.EVIDENCE));
        open = new OpenChainGauge(meters, given.taskId().partition(), hosts);
        timers = new TimerStore(given.getStateStore(CorrelatorStores.TIMERS));
        sensors = new SensorStore(given.getStateStore(CorrelatorStores.SENSORS));
        clock = new StreamClock(quietAfter, settling, given.currentSystemTimeMs());
        CommitPolicy.apply(given);
        Duration tick = settling.compareTo(LONGEST_TICK) < 0 ? settling : LONGEST_TICK;
        given.schedule(tick, PunctuationType.WALL_CLOCK_TIME, wallClock -> {
            clock.tick(context.currentStreamTimeMs(), wallClock);
            // Waking hosts may take half of the time while records wait.
            wakeHostsFor(tick.toNanos() / 2);
        });
    }

    @Override
    public void process(Record<String, Evidence> record) {
        clock.record(context.currentStreamTimeMs(), context.currentSystemTimeMs());
        counters.received();
        var evidence = record.value();
        if (evidence == null || evidence.getEvent().getKind() == EventKind.HEARTBEAT) {
            wakeHostsFor(MAX_NANOS_A_HEARTBEAT);
            if (evidence != null && Canary.is(evidence.getEvent())) {
                canary.arrived(record.timestamp(), context.currentSystemTimeMs());
                context.forward(new Record<>(Canary.KEY, null, record.timestamp()));
            }
            return;
        }
        wakeHosts(MAX_WAKES_A_RECORD);
        var host = evidence.getHost();
        var known = hosts.get(host);
        if (evidence.getMovedTo() != null) {
            if (known != null) {
                takeBack(known, evidence, record.timestamp());
            }
            return;
        }
        var state = known == null ? HostState.EMPTY : known;
        var step = ChainCorrelation.step(
                definitions.of(state.platform(), evidence.getPlatform()),
                state,
                evidence,
                id -> evidenceStore.of(host, id),
                Instant.ofEpochMilli(clock.latest()),
                Instant.ofEpochMilli(clock.passed()),
                sensors.of(host, state.platform() == Platform.UNKNOWN ? evidence.getPlatform() : state.platform()));
        step.keep().ifPresent(retained -> evidenceStore.keep(host, retained));
        finish(host, state, step, null, record.timestamp());
    }

    private void takeBack(HostState state, Evidence evidence, long timestamp) {
        var host = evidence.getHost();
        var step = ChainCorrelation.takeBack(
                definitions.of(state.platform(), evidence.getPlatform()),
                state,
                evidence,
                Instant.ofEpochMilli(clock.latest()),
                Instant.ofEpochMilli(clock.passed()),
                sensors.of(host, state.platform()));
        finish(host, state, step, evidence.getMovedTo(), timestamp);
    }

    private void wakeHostsFor(long nanos) {
        long began = System.nanoTime();
        boolean more = true;
        while (more && System.nanoTime() - began < nanos) {
            more = wakeHosts(MAX_WAKES_AT_ONCE) == MAX_WAKES_AT_ONCE;
        }
    }

    @Override
    public void close() {
        open.close();
    }

    /**
     * Wakes the hosts that are due, at most so many, and returns how many were; records and ticks share the work.
     */
    private int wakeHosts(int max) {
        var passed = Instant.ofEpochMilli(clock.passed());
        var due = timers.takeDue(passed.toEpochMilli(), max);
        for (var host : due) {
            var state = hosts.get(host);
            if (state != null) {
                var definition = definitions.of(state.platform(), Platform.UNKNOWN);
                var step = ChainCorrelation.expire(definition, state, passed, sensors.of(host, state.platform()));
                finish(host, state, step, null, passed.toEpochMilli());
            }
        }
        return due.size();
    }

    /** @param movedTo host under which what the step closes goes on, null where it closes nothing */
    private void finish(String host, HostState before, StepResult step, @Nullable String movedTo, long timestamp) {
        for (var revision : step.revisions()) {
            var detection = DetectionBuilder.of(host, revision, id -> evidenceStore.of(host, id));
            if (movedTo != null) {
                detection = RecordCopy.of(detection).set("moved_to", movedTo).build();
            }
            context.forward(new Record<>(host, detection, timestamp));
            counters.emitted(revision.change());
        }
        for (var id : step.released()) {
            evidenceStore.release(host, id);
        }
        for (var bound : step.dropped()) {
            counters.dropped(bound);
        }
        step.wake().ifPresent(due -> timers.set(due, host));
        open.changed(before, step.state());
        if (step.state().isEmpty()) {
            hosts.delete(host);
        } else if (step.state() != before) {
            hosts.put(host, step.state());
        }
    }
}
