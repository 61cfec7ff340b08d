package io.clicktrail.benchmarks.faults;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.kafka.RejectedHeaders;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.streams.topics.TopicPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a round.
 *
 * @param cases content hash and state of the last revision of each case, by case id
 * @param revisions the last revisions themselves, by case id
 * @param events ids of the events, each as often as it was written, sorted
 * @param accounted raw records that are the source of an event or were rejected
 * @param deadLetters dead letters by service
 * @param doubled what is there more than once though it must not be, or out of order, in words
 */
record Observation(
        Map<String, String> cases,
        Map<String, Alert> revisions,
        List<String> events,
        long accounted,
        Map<String, Long> deadLetters,
        List<String> doubled) {

    private static final String EVENT_HEADER = "ce_id";

    Observation {
        cases = Map.copyOf(cases);
        revisions = Map.copyOf(revisions);
        events = List.copyOf(events);
        deadLetters = Map.copyOf(deadLetters);
        doubled = List.copyOf(doubled);
    }

    /**
     * Number of cases that a person is shown: a chain that shares its file with another is a part of that one's case.
     */
    long shown() {
        return shown(cases).size();
    }

    private static Set<String> shown(Map<String, String> cases) {
        return cases.entrySet().stream()
                .filter(each -> !each.getValue().endsWith(" " + CaseState.SUPPRESSED))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Reads all topics of a round that is over. */
    static Observation of(Topics topics, TopicContents contents) throws Deadline.MissedException {
        var doubled = new ArrayList<String>();
        var last = new HashMap<String, Alert>();
        var cases = cases(topics, contents, last, doubled);
        soar(topics, contents, shown(cases), doubled);
        var revisions = new HashSet<String>();
        for (var detection : decoded(topics.detections(), contents)) {
            var revision = detection.getDetectionId() + ":" + detection.getRevision();
            if (!revisions.add(revision)) {
                doubled.add("the detection " + revision + " was written twice");
            }
        }
        var sources = new HashSet<String>();
        var events = new ArrayList<String>();
        for (var event : decoded(topics.events(), contents)) {
            if (event.getKind() != EventKind.HEARTBEAT) {
                events.add(event.getEventId() + "/" + event.getSource().getIndex());
                sources.add(event.getSource().getPartition() + "/"
                        + event.getSource().getOffset());
            }
        }
        events.sort(null);
        for (var rejected : contents.of(topics.rejected().name())) {
            if (header(rejected, RejectedHeaders.PART) == null) {
                var source =
                        header(rejected, RejectedHeaders.PARTITION) + "/" + header(rejected, RejectedHeaders.OFFSET);
                if (!sources.add(source)) {
                    doubled.add("the raw record " + source + " was rejected twice or is an event too");
                }
            }
        }
        var deadLetters = new TreeMap<String, Long>();
        for (var service : TopicPlan.SERVICES) {
            deadLetters.put(service, (long) contents.of(topics.dlq(service)).size());
        }
        return new Observation(cases, last, events, sources.size(), deadLetters, doubled);
    }

    /**
     * How this differs from an undisturbed round though it must not, in words; empty where it does not.
     *
     * @param plan what was broken
     */
    List<String> differences(Observation undisturbed, FaultPlan plan) {
        var differences = new ArrayList<>(doubled);
        var ids = new TreeSet<>(cases.keySet());
        ids.addAll(undisturbed.cases.keySet());
        for (var id : ids) {
            var expected = undisturbed.cases.get(id);
            var found = cases.get(id);
            if (expected == null) {
                differences.add("the case " + id + " is one too many");
            } else if (found == null) {
                differences.add("the case " + id + " is missing");
            } else if (!found.equals(expected)) {
                differences.add("the case " + id + " has another content: " + found + " instead of " + expected);
                var revision = revisions.get(id);
                var other = undisturbed.revisions.get(id);
                if (revision != null && other != null) {
                    RecordDifference.of(revision, other).forEach(each -> differences.add("  " + each));
                }
            }
        }
        events(undisturbed, differences);
        long expected = undisturbed.accounted + plan.poisoned(Poison.Place.RAW);
        if (accounted != expected) {
            differences.add("of " + expected + " raw records " + accounted + " are events or rejected");
        }
        long unreadable = plan.poisoned(Poison.Place.EVENTS);
        deadLetters.forEach((service, letters) -> {
            boolean reads = service.equals(Service.ENRICHER.label()); // the events
            if (letters != (reads ? unreadable : 0)) {
                differences.add(
                        "the " + service + " has " + letters + " dead letters instead of " + (reads ? unreadable : 0));
            }
        });
        return differences;
    }

    private void events(Observation undisturbed, List<String> differences) {
        var missing = counted(undisturbed.events);
        for (var event : events) {
            missing.merge(event, -1, Integer::sum);
        }
        long lost = missing.values().stream().filter(count -> count > 0).count();
        long more = missing.values().stream().filter(count -> count < 0).count();
        if (lost > 0 || more > 0) {
            differences.add(lost + " events are missing and " + more + " are too many");
        }
    }

    private static Map<String, Integer> counted(List<String> all) {
        var counts = new HashMap<String, Integer>();
        all.forEach(each -> counts.merge(each, 1, Integer::sum));
        return counts;
    }

    private static Map<String, String> cases(
            Topics topics, TopicContents contents, Map<String, Alert> lasts, List<String> doubled)
            throws Deadline.MissedException {
        var cases = new TreeMap<String, String>();
        var revisions = new HashMap<String, Integer>();
        for (var alert : decoded(topics.alerts(), contents)) {
            int last = revisions.getOrDefault(alert.getAlertId(), 0);
            if (alert.getRevision() != last + 1) {
                doubled.add(
                        "the case " + alert.getAlertId() + " has revision " + alert.getRevision() + " after " + last);
            }
            revisions.put(alert.getAlertId(), alert.getRevision());
            lasts.put(alert.getAlertId(), alert);
            cases.put(alert.getAlertId(), alert.getContentHash() + " " + alert.getState());
        }
        return cases;
    }

    /** Each case is opened once at each tier at most, and each revision comes once to each topic. */
    private static void soar(Topics topics, TopicContents contents, Set<String> cases, List<String> doubled)
            throws Deadline.MissedException {
        var opened = new HashSet<String>();
        for (var topic : List.of(topics.soarTier1(), topics.soarTier2(), topics.soarUpdates(), topics.siemEcs())) {
            boolean opens = topic == topics.soarTier1() || topic == topics.soarTier2();
            var seen = new HashSet<String>();
            for (var message : contents.of(topic.name())) {
                var key = new String(message.key(), StandardCharsets.UTF_8);
                var id = opens ? key : String.valueOf(header(message, EVENT_HEADER));
                if (!seen.add(id)) {
                    doubled.add(id + " is twice on " + topic.name());
                }
                if (opens) {
                    opened.add(key);
                }
            }
        }
        if (!opened.equals(cases)) {
            doubled.add("opened at the SOAR are " + opened + ", but the cases are " + cases);
        }
    }

    /** What of a topic can be read; the rest is poison. */
    private static <V> List<V> decoded(Topic<String, V> topic, TopicContents contents) throws Deadline.MissedException {
        var values = new ArrayList<V>();
        for (var each : contents.of(topic.name())) {
            try {
                values.add(topic.valueSerde().deserializer().deserialize(topic.name(), each.value()));
            } catch (SerializationException e) {
                // The dead letters are counted.
            }
        }
        return values;
    }

    private static @Nullable String header(ConsumerRecord<?, ?> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
