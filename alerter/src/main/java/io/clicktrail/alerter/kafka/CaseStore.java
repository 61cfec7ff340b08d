package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.lifecycle.CaseLookup;
import io.clicktrail.alerter.lifecycle.HostCases;
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
 * The last revision of each case, and what it was made from, for a limited time.
 *
 * <p>Time is stream time, which is delivery time, so that no time in a log can expire a case early. The changelogs are
 * compacted and not cut by age, as those of window stores are: a replay of old logs has old times, and a broker would
 * delete its state before a restart could read it.
 */
final class CaseStore {

    private static final String ALERTS = "alerts-by-id";
    private static final String TIMES = "alerts-by-time";
    private static final String DETECTIONS = "detections-by-id";
    private static final String FINDINGS = "findings-by-detection";
    private static final String GROUPS = "case-groups";
    private static final String PENDING = "pending-revisions";

    private final TimestampedKeyValueStore<String, Alert> alerts;
    private final TimeIndex expiries;
    private final TimeIndex deadlines;
    private final KeyValueStore<String, Detection> detections;
    private final KeyValueStore<String, Finding> findings;
    private final KeyValueStore<String, CaseGroup> groups;
    private final TimestampedKeyValueStore<String, Long> pending;
    private final long spanMillis;

    CaseStore(ProcessorContext<?, ?> context, Duration span) {
        alerts = context.getStateStore(ALERTS);
        expiries = new TimeIndex(context.getStateStore(TIMES), "expiry:");
        deadlines = new TimeIndex(context.getStateStore(TIMES), "deadline:");
        detections = context.getStateStore(DETECTIONS);
        findings = context.getStateStore(FINDINGS);
        groups = context.getStateStore(GROUPS);
        pending = context.getStateStore(PENDING);
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
                        Stores.inMemoryKeyValueStore(PENDING), Serdes.String(), Serdes.Long()));
    }

    /** The cases that are not expired at a time. */
    CaseLookup at(long now) {
        return new CaseLookup() {
            @Override
            public @Nullable Alert last(String alertId) {
                return CaseStore.this.last(alertId, now);
            }

            @Override
            public CaseGroup group(String key) {
                return CaseStore.this.group(key);
            }
        };
    }

    /** The cases of one place of a host, or of the whole host; an empty group where there are none. */
    CaseGroup group(String key) {
        CaseGroup group = groups.get(key);
        return group == null ? CaseGroup.newBuilder().build() : group;
    }

    /** The last revision of a case; null where none was sent or it is too long ago. */
    @Nullable
    Alert last(String alertId, long now) {
        ValueAndTimestamp<Alert> found = alerts.get(alertId);
        return found == null || isExpired(found, now) ? null : found.value();
    }

    void put(Alert alert, long now) {
        alerts.put(alert.getAlertId(), ValueAndTimestamp.make(alert, now));
        expiries.add(now + spanMillis, alert.getAlertId());
        Instant due = alert.getHandling() == null ? null : alert.getHandling().getDueAt();
        if (due != null) {
            deadlines.add(due.toEpochMilli(), alert.getAlertId());
        }
    }

    void put(String key, CaseGroup group) {
        if (!group.getMembers().isEmpty() || !group.getFalsePositives().isEmpty()) {
            groups.put(key, group);
        }
    }

    void put(Detection detection) {
        Detection known = detections.get(detection.getDetectionId());
        if (known == null
                || detection.getRevision() >= known.getRevision()
                || detection.getEvidenceTotal() > known.getEvidenceTotal()) {
            detections.put(detection.getDetectionId(), detection);
        }
    }

    /** Keeps a finding; false where it was known. */
    boolean put(Finding finding) {
        String key = finding.getDetectionId() + '|' + finding.getSubject();
        if (finding.equals(findings.get(key))) {
            return false;
        }
        findings.put(key, finding);
        return true;
    }

    /** The detection that a case is made from; null where it is expired. */
    @Nullable
    Detection detection(String detectionId) {
        return detections.get(detectionId);
    }

    /** The findings for a detection. */
    List<Finding> findings(String detectionId) {
        var found = new ArrayList<Finding>();
        try (var all = findings.prefixScan(detectionId + '|', new StringSerializer())) {
            all.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    /** Whether a revision of a detection is pending. */
    boolean isPending(String detectionId) {
        return pending.get(detectionId) != null;
    }

    /** Whether the pending revision of a detection is due. */
    boolean isReady(String detectionId, long wallClock) {
        ValueAndTimestamp<Long> until = pending.get(detectionId);
        return until != null && until.value() <= wallClock;
    }

    /**
     * Delays the revision of a detection.
     *
     * @param wallClock until when
     * @param delivered delivery time of the input that caused it, which its revision will have
     */
    void addPending(String detectionId, long wallClock, long delivered) {
        pending.put(detectionId, ValueAndTimestamp.make(wallClock, delivered));
    }

    /** Removes the pending revision of a detection. */
    void removePending(String detectionId) {
        pending.delete(detectionId);
    }

    /** A revision that is due, and the delivery time of the input that caused it. */
    record Ready(String detectionId, long wallClock, long delivered) {}

    /** Revisions that are due, those that wait longest first. */
    List<Ready> ready(long wallClock) {
        var ready = new ArrayList<Ready>();
        try (var all = pending.all()) {
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

    /** Delivery time of the input that caused the last revision of a case; 0 where it is not known. */
    long delivered(String alertId) {
        ValueAndTimestamp<Alert> found = alerts.get(alertId);
        return found == null ? 0 : found.timestamp();
    }

    /** Cases whose deadline has passed, each once. */
    List<String> due(long wallClock) {
        return deadlines.take(wallClock);
    }

    /** Drops expired cases. Costs one lookup per revision that was sent. */
    void expire(long now) {
        for (String alertId : expiries.take(now)) {
            ValueAndTimestamp<Alert> found = alerts.get(alertId);
            if (found != null && isExpired(found, now)) {
                remove(found.value());
            }
        }
    }

    /** Drops a case whose record was deleted from the topic of alerts, and what it was made from. */
    void forget(String alertId) {
        ValueAndTimestamp<Alert> found = alerts.get(alertId);
        removePending(alertId);
        if (found == null) {
            remove(alertId);
        } else {
            remove(found.value());
        }
    }

    /** Drops a detection that has no case. */
    void remove(String detectionId) {
        detections.delete(detectionId);
        findings(detectionId).forEach(finding -> findings.delete(detectionId + '|' + finding.getSubject()));
    }

    private void remove(Alert alert) {
        String id = alert.getAlertId();
        alerts.delete(id);
        remove(id);
        remove(id, alert.getDedupKey());
        remove(id, HostCases.key(alert));
    }

    private void remove(String id, String key) {
        CaseGroup group = groups.get(key);
        if (group == null) {
            return;
        }
        var members = group.getMembers().stream()
                .filter(member -> !member.getAlertId().equals(id))
                .toList();
        if (members.isEmpty()) {
            groups.delete(key);
        } else {
            groups.put(key, CaseGroup.newBuilder(group).setMembers(members).build());
        }
    }

    private boolean isExpired(ValueAndTimestamp<Alert> found, long now) {
        return found.timestamp() + spanMillis < now;
    }

    private static <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> store(String name, Class<T> type) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), new StateSerdes().of(type));
    }
}
