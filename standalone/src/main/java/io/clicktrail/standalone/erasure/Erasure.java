package io.clicktrail.standalone.erasure;

import io.clicktrail.alerter.lifecycle.FollowUpIds;
import io.clicktrail.audit.AuditKind;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.audit.OperatorAudit;
import io.clicktrail.standalone.replay.TableWriter;
import io.clicktrail.standalone.replay.TopicReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * Finds the entries of compacted topics that name a host or a person, and removes them by tombstones. The alerter reads
 * the tombstones of cases and drops what it keeps of them.
 *
 * @param clients how to reach the brokers
 */
public record Erasure(Topics topics, Map<String, Object> clients) {

    /**
     * Keys of the entries, by table.
     *
     * @param cases ids of cases
     * @param leases keys of leases: addresses, accounts, names
     * @param sensors hosts with sensors
     */
    public record Found(Set<String> cases, Set<String> leases, Set<String> sensors) {

        public Found {
            cases = Set.copyOf(cases);
            leases = Set.copyOf(leases);
            sensors = Set.copyOf(sensors);
        }

        public boolean isEmpty() {
            return cases.isEmpty() && leases.isEmpty() && sensors.isEmpty();
        }

        @Override
        public String toString() {
            return "cases: " + cases.size() + ", leases: " + leases.size() + ", hosts with sensors: " + sensors.size();
        }
    }

    /** The entries that name a subject in any version that the topics still hold. */
    public Found find(DataSubject subject) {
        return new Found(
                keys(topics.alerts(), subject), keys(topics.identities(), subject), keys(topics.coverage(), subject));
    }

    /**
     * Removes entries and records that on the audit topic.
     *
     * @param actor who does it
     */
    public void remove(DataSubject subject, Found found, String actor) {
        var cases = new TreeSet<String>();
        found.cases().forEach(id -> cases.addAll(FollowUpIds.all(id)));
        delete(topics.alerts(), cases);
        delete(topics.identities(), found.leases());
        delete(topics.coverage(), found.sensors());
        new OperatorAudit(topics, clients, actor)
                .accepted(AuditKind.ERASURE, topics.alerts(), subject.pseudonym(), 1, "removed: " + found);
    }

    /** Topics that no tombstone reaches: their records stay until they are deleted by age. */
    public List<String> untouched() {
        return List.of(
                String.join(", ", topics.raw().stream().map(Topic::name).toList()),
                topics.rejected().name(),
                topics.events().name(),
                topics.eventsEnriched().name(),
                topics.evidence().name(),
                topics.context().name(),
                topics.detections().name(),
                topics.siemEcs().name(),
                topics.soarTier1().name(),
                topics.soarTier2().name(),
                topics.soarUpdates().name(),
                topics.soarFeedback().name());
    }

    private <V extends SpecificRecord> Set<String> keys(Topic<String, V> topic, DataSubject subject) {
        var named = new HashSet<String>();
        var live = new HashMap<String, Boolean>();
        TopicReader.readAll(clients, topic, record -> {
            if (record.key() != null) {
                live.put(record.key(), record.value() != null);
                if (subject.isIn(record.key(), record.value())) {
                    named.add(record.key());
                }
            }
        });
        named.removeIf(key -> !live.getOrDefault(key, false));
        return named;
    }

    private <V> void delete(Topic<String, V> topic, Set<String> keys) {
        try (var table = new TableWriter<>(topic, clients)) {
            keys.forEach(key -> table.put(key, null));
        }
    }
}
