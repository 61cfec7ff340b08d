package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.chain.StepResult.Revision;
import io.clicktrail.correlator.detection.DetectionBuilder;
import io.clicktrail.correlator.testing.DeliveryOrder;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * One host that is fed with deliveries, woken when it asked for it, and lives through its store's bytes after each
 * step.
 */
final class Replay {

    private static final Duration FURTHEST_BEHIND = ChainDefinition.QUIET.minusHours(4);

    private final String host;
    private final ChainDefinition definition;
    private final Sensors sensors;
    private final Map<EventId, Evidence> stored = new HashMap<>();
    private final TreeMap<Long, Boolean> timers = new TreeMap<>();
    private final List<Emitted> emitted = new ArrayList<>();
    private final List<StateBound> dropped = new ArrayList<>();
    private HostState state = HostState.EMPTY;

    /** A revision with the evidence of its members as it was then. */
    private record Emitted(Revision revision, Map<EventId, Evidence> evidence) {

        Detection detection(String host) {
            return DetectionBuilder.of(host, revision, id -> Objects.requireNonNull(evidence.get(id)));
        }
    }

    Replay(String host, ChainDefinition definition, Sensors sensors) {
        this.host = host;
        this.definition = definition;
        this.sensors = sensors;
    }

    static Replay onWindows(Sensors sensors) {
        return new Replay("ws1", ChainDefinition.builtIn(Platform.WINDOWS), sensors);
    }

    Replay deliver(List<DeliveryOrder> deliveries) {
        deliveries.forEach(delivery -> deliver(delivery.at(), delivery.evidence()));
        return this;
    }

    void deliver(Instant now, Evidence evidence) {
        pass(now);
        deliver(now, now, evidence);
    }

    /**
     * As after an outage: time passes in jumps of chance, and what is due meanwhile waits for them. It lags behind by
     * less than the quiet time between two episodes, for their numbers are given in the order in which they are found.
     */
    Replay deliverFromABacklog(List<DeliveryOrder> deliveries, Random jumps) {
        int rarity = 1 + jumps.nextInt(deliveries.size() + 1);
        var latest = deliveries.getFirst().at();
        var passed = latest.minus(FURTHEST_BEHIND);
        for (var delivery : deliveries) {
            var furthest = delivery.at().minus(FURTHEST_BEHIND);
            var next = jumps.nextInt(rarity) == 0 ? latest : passed;
            passed = next.isBefore(furthest) ? furthest : next;
            jump(passed);
            deliver(delivery.at(), passed, delivery.evidence());
            latest = delivery.at();
        }
        return this;
    }

    private void deliver(Instant arrived, Instant passed, Evidence evidence) {
        var step = ChainCorrelation.step(definition, state, evidence, this::stored, arrived, passed, sensors);
        step.keep().ifPresent(each -> stored.put(EventId.of(each.getEvent().getEventId()), each));
        take(step);
    }

    /** Time passes; the host is woken whenever it asked for it. */
    Replay pass(Instant now) {
        while (!timers.isEmpty() && timers.firstKey() <= now.toEpochMilli()) {
            long due = timers.pollFirstEntry().getKey();
            take(ChainCorrelation.expire(definition, state, Instant.ofEpochMilli(due), sensors));
        }
        return this;
    }

    /** Time passes at once; the host is woken only then. */
    Replay jump(Instant now) {
        while (!timers.isEmpty() && timers.firstKey() <= now.toEpochMilli()) {
            timers.pollFirstEntry();
            take(ChainCorrelation.expire(definition, state, now, sensors));
        }
        return this;
    }

    Replay passToTheEnd() {
        return pass(
                Instant.ofEpochMilli(timers.isEmpty() ? 0 : timers.lastKey()).plus(Duration.ofDays(60)));
    }

    private void take(StepResult step) {
        for (var revision : step.revisions()) {
            var evidence = new HashMap<EventId, Evidence>();
            revision.chain().members().forEach(member -> evidence.put(member.id(), stored(member.id())));
            emitted.add(new Emitted(revision, evidence));
        }
        step.released().forEach(stored::remove);
        step.wake().ifPresent(due -> timers.put(due, true));
        dropped.addAll(step.dropped());
        state = HostStateCodec.decode(HostStateCodec.encode(step.state()));
    }

    private Evidence stored(EventId id) {
        var evidence = stored.get(id);
        if (evidence == null) {
            throw new AssertionError("is missing or was released: " + id);
        }
        return evidence;
    }

    /** The last revision of every detection that is not closed, by id. */
    Map<String, Detection> finalDetections() {
        var last = new HashMap<String, Emitted>();
        for (var each : emitted) {
            var chain = each.revision().chain();
            last.put(chain.tenantKey() + "|" + chain.epoch() + "|" + chain.episode(), each);
        }
        var detections = new TreeMap<String, Detection>();
        last.values().removeIf(each -> each.revision().change() == DetectionChange.CLOSED);
        for (var each : last.values()) {
            var detection = each.detection(host);
            detections.put(detection.getDetectionId(), detection);
        }
        return detections;
    }

    /** All that was emitted, in order. */
    List<Detection> emitted() {
        return emitted.stream().map(each -> each.detection(host)).toList();
    }

    HostState state() {
        return state;
    }

    List<StateBound> dropped() {
        return dropped;
    }

    int storedEvidence() {
        return stored.size();
    }
}
