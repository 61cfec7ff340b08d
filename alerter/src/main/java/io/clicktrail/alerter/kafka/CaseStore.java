package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.lifecycle.CaseRecords;
import io.clicktrail.detection.Detection;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.state.CaseGroup;
import io.clicktrail.state.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The last revision of each case for a time, and what it was made from.
 *
 * <p>The time is stream time, which is delivery time: nothing that stands in a log makes it forget early. The
 * changelogs are compacted and not cut by age, as those of window stores are: a replay of old logs has old times, and a
 * broker would throw its state away before a restart could read it.
 */
final class CaseStore {

    private static final String ALERTS = "alerts-by-id";
    private static final String TIMES = "alerts-by-time";
    private static final String DETECTIONS = "detections-by-id";
    private static final String FINDINGS = "findings-by-detection";
    private static final String GROUPS = "case-groups";
    private static final String WAITING = "waiting-revisions";

    private final TimestampedKeyValueStore<String, Alert> alerts;
    private final TimeIndex expiries;
    private final TimeIndex deadlines;
    private final KeyValueStore<String, Detection> detections;
    private final KeyValueStore<String, Finding> findings;
    private final KeyValueStore<String, CaseGroup> groups;
    private final TimestampedKeyValueStore<String, Long> waiting;
    private final long spanMillis;

    CaseStore(ProcessorContext<?, ?> context, Duration span) {
        alerts = context.getStateStore(ALERTS);
        expiries = new TimeIndex(context.getStateStore(TIMES), "expiry:");
        deadlines = new TimeIndex(context.getStateStore(TIMES), "deadline:");
        detections = context.getStateStore(DETECTIONS);
        findings = context.getStateStore(FINDINGS);
        groups = context.getStateStore(GROUPS);
        waiting = context.getStateStore(WAITING);
        spanMillis = span.toMillis();
    }

    static Set<StoreBuilder<?>> stores() {
        return Set.of(
                Stores.timestampedKeyValueStoreBuilder(
                        Stores.persistentTimestampedKeyValueStore(ALERTS),
                        Serdes.String(),
                        new StateSerdes().of(Alert.class)),
                TimeIndex.store(TIMES),
                store(DETECTIONS, Detection.class),
                store(FINDINGS, Finding.class),
                store(GROUPS, CaseGroup.class),
                Stores.timestampedKeyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(WAITING), Serdes.String(), Serdes.Long()));
    }

    /** The cases as they are at a time. */
    CaseRecords at(long now) {
        return new CaseRecords() {
            @Override
            public @Nullable Alert last(String alertId) {
                return CaseStore.this.last(alertId, now);
            }

            @Override
            public CaseGroup group(String dedupKey) {
                CaseGroup group = groups.get(dedupKey);
                return group == null ? CaseGroup.newBuilder().build() : group;
            }
        };
    }

    /** The last revision of a case; null where none was sent or it is too long ago. */
    @Nullable
    Alert last(String alertId, long now) {
        ValueAndTimestamp<Alert> found = alerts.get(alertId);
        return found == null || forgotten(found, now) ? null : found.value();
    }

    void remember(Alert alert, long now) {
        alerts.put(alert.getAlertId(), ValueAndTimestamp.make(alert, now));
        expiries.add(now + spanMillis, alert.getAlertId());
        Instant due = alert.getHandling() == null ? null : alert.getHandling().getDueAt();
        if (due != null) {
            deadlines.add(due.toEpochMilli(), alert.getAlertId());
        }
    }

    void remember(String dedupKey, CaseGroup group) {
        groups.put(dedupKey, group);
    }

    void remember(Detection detection) {
        Detection known = detections.get(detection.getDetectionId());
        if (known == null
                || detection.getRevision() >= known.getRevision()
                || detection.getEvidenceTotal() > known.getEvidenceTotal()) {
            detections.put(detection.getDetectionId(), detection);
        }
    }

    /** Keeps what was found out; false where it was known. */
    boolean remember(Finding finding) {
        String key = finding.getDetectionId() + '|' + finding.getSubject();
        if (finding.equals(findings.get(key))) {
            return false;
        }
        findings.put(key, finding);
        return true;
    }

    /** The detection that a case is made from; null where it is forgotten. */
    @Nullable
    Detection detection(String detectionId) {
        return detections.get(detectionId);
    }

    /** What was found out for a detection. */
    List<Finding> findings(String detectionId) {
        var found = new ArrayList<Finding>();
        try (var all = findings.prefixScan(detectionId + '|', new StringSerializer())) {
            all.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    /** Whether a detection waits to be written up. */
    boolean waits(String detectionId) {
        return waiting.get(detectionId) != null;
    }

    /** Whether the time of a detection that waits has come. */
    boolean isReady(String detectionId, long wallClock) {
        ValueAndTimestamp<Long> until = waiting.get(detectionId);
        return until != null && until.value() <= wallClock;
    }

    /**
     * Has a detection wait.
     *
     * @param wallClock until when
     * @param delivered time of delivery of what it waits for, which its revision will have
     */
    void await(String detectionId, long wallClock, long delivered) {
        waiting.put(detectionId, ValueAndTimestamp.make(wallClock, delivered));
    }

    /** A detection is written up. */
    void settle(String detectionId) {
        waiting.delete(detectionId);
    }

    /** A detection whose time has come, and the time of delivery of what it waited for. */
    record Ready(String detectionId, long wallClock, long delivered) {}

    /** Detections whose time has come, those that wait longest first. */
    List<Ready> ready(long wallClock) {
        var ready = new ArrayList<Ready>();
        try (var all = waiting.all()) {
            while (all.hasNext()) {
                var next = all.next();
                if (next.value.value() <= wallClock) {
                    ready.add(new Ready(next.key, next.value.value(), next.value.timestamp()));
                }
            }
        }
        ready.sort(Comparator.comparingLong(Ready::wallClock).thenComparing(Ready::detectionId));
        return ready;
    }

    /** Time of delivery of what the last revision of a case came from; 0 where it is not known. */
    long delivered(String alertId) {
        ValueAndTimestamp<Alert> found = alerts.get(alertId);
        return found == null ? 0 : found.timestamp();
    }

    /** Cases whose deadline has come, each once. */
    List<String> due(long wallClock) {
        return deadlines.take(wallClock);
    }

    /** Drops what is too old. Costs one look-up for each revision that was sent, once. */
    void forget(long now) {
        for (String alertId : expiries.take(now)) {
            ValueAndTimestamp<Alert> found = alerts.get(alertId);
            if (found != null && forgotten(found, now)) {
                forget(found.value());
            }
        }
    }

    /** Drops a detection of which there is no case. */
    void forget(String detectionId) {
        detections.delete(detectionId);
        findings(detectionId).forEach(finding -> findings.delete(detectionId + '|' + finding.getSubject()));
    }

    private void forget(Alert alert) {
        String id = alert.getAlertId();
        alerts.delete(id);
        forget(id);
        CaseGroup group = groups.get(alert.getDedupKey());
        if (group == null) {
            return;
        }
        var members = group.getMembers().stream()
                .filter(member -> !member.getAlertId().equals(id))
                .toList();
        if (members.isEmpty()) {
            groups.delete(alert.getDedupKey());
        } else {
            groups.put(
                    alert.getDedupKey(),
                    CaseGroup.newBuilder(group).setMembers(members).build());
        }
    }

    private boolean forgotten(ValueAndTimestamp<Alert> found, long now) {
        return found.timestamp() + spanMillis < now;
    }

    private static <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> store(String name, Class<T> type) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), new StateSerdes().of(type));
    }
}
