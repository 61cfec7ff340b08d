package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.chain.Step.Revision;
import io.clicktrail.correlator.story.Story;
import io.clicktrail.correlator.testing.Delivery;
import io.clicktrail.detection.Detection;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One host that is fed with deliveries, woken when it asked for it, and lives through its store's bytes after each step. */
final class Replay {

    private final String host;
    private final ChainDefinition definition;
    private final Sensors sensors;
    private final Map<EventId, Evidence> kept = new HashMap<>();
    private final Map<EventId, Evidence> everKept = new HashMap<>();
    private final TreeMap<Long, Boolean> timers = new TreeMap<>();
    private final List<Revision> revisions = new ArrayList<>();
    private final List<Bound> dropped = new ArrayList<>();
    private HostState state = HostState.EMPTY;

    Replay(String host, ChainDefinition definition, Sensors sensors) {
        this.host = host;
        this.definition = definition;
        this.sensors = sensors;
    }

    static Replay onWindows(Sensors sensors) {
        return new Replay("ws1", ChainDefinition.builtIn(Platform.WINDOWS), sensors);
    }

    Replay deliver(List<Delivery> deliveries) {
        deliveries.forEach(delivery -> deliver(delivery.at(), delivery.evidence()));
        return this;
    }

    void deliver(Instant now, Evidence evidence) {
        pass(now);
        var step = Chains.step(definition, state, evidence, now, now, sensors);
        if (step.keep()) {
            var id = EventId.of(evidence.getEvent().getEventId());
            kept.put(id, evidence);
            everKept.putIfAbsent(id, evidence);
        }
        take(step);
    }

    /** Time passes; the host is woken whenever it asked for it. */
    Replay pass(Instant now) {
        while (!timers.isEmpty() && timers.firstKey() <= now.toEpochMilli()) {
            long due = timers.pollFirstEntry().getKey();
            take(Chains.expire(definition, state, Instant.ofEpochMilli(due), sensors));
        }
        return this;
    }

    Replay passToTheEnd() {
        return pass(
                Instant.ofEpochMilli(timers.isEmpty() ? 0 : timers.lastKey()).plus(Duration.ofDays(60)));
    }

    private void take(Step step) {
        for (var revision : step.revisions()) {
            revision.chain().members().forEach(member -> {
                if (!kept.containsKey(member.id())) {
                    throw new AssertionError("evidence of a told case was released: " + member);
                }
            });
        }
        step.released().forEach(kept::remove);
        step.wake().ifPresent(due -> timers.put(due, true));
        revisions.addAll(step.revisions());
        dropped.addAll(step.dropped());
        state = HostStateCodec.decode(HostStateCodec.encode(step.state()));
    }

    /** The last revision of every case, by id. */
    Map<String, Detection> finalDetections() {
        var last = new HashMap<String, Revision>();
        for (var revision : revisions) {
            var chain = revision.chain();
            last.put(chain.tenantKey() + "|" + chain.epoch() + "|" + chain.episode(), revision);
        }
        var detections = new TreeMap<String, Detection>();
        for (var revision : last.values()) {
            var detection = story(revision);
            detections.put(detection.getDetectionId(), detection);
        }
        return detections;
    }

    /** All that was told, in order. */
    List<Detection> told() {
        return revisions.stream().map(this::story).toList();
    }

    private Detection story(Revision revision) {
        return Story.of(host, revision, id -> {
            var evidence = everKept.get(id);
            if (evidence == null) {
                throw new IllegalStateException("not kept: " + id);
            }
            return evidence;
        });
    }

    HostState state() {
        return state;
    }

    List<Bound> dropped() {
        return dropped;
    }

    int keptEvidence() {
        return kept.size();
    }
}
