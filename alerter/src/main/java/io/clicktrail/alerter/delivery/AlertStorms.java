package io.clicktrail.alerter.delivery;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.Markdown;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.state.DeliveryNote;
import io.clicktrail.state.Storm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Alert storms: counts the cases that {@link DeliveryLimits} hold back, and summarizes them as one case per rule and
 * span of time.
 *
 * <p>Spans are aligned to multiples of their length in delivery time, and the id of a summary is a UUIDv5 of tenant,
 * rule and start of the span: a replay of the same cases sends the same summaries. A span that goes on sends its
 * summary again as a higher revision. State per rule is bounded: a count, at most 20 case ids, and 32 hosts, tenant
 * keys and limits with their counts; a name beyond the 32 is not counted. Adding a case costs O(32).
 *
 * @param span delivery time that one summary covers
 */
public record AlertStorms(Duration span) {

    private static final int MAX_IDS = 20;
    private static final int MAX_NAMES = 32;
    private static final int SHOWN = 5;
    private static final int MAX_NAME = 80;
    private static final UUID NAMESPACE =
            Generators.nameBasedGenerator(NameBasedGenerator.NAMESPACE_DNS).generate("clicktrail.io");

    /** The start of the span that contains a time, milliseconds since 1970. */
    public long startOf(long delivered) {
        return delivered - Math.floorMod(delivered, span.toMillis());
    }

    /** A storm without cases. */
    public Storm begin(DeliveryNote note, long wallClock) {
        return Storm.newBuilder()
                .setPartition(note.getPartition())
                .setStart(startOf(note.getDelivered()))
                .setBegun(wallClock)
                .build();
    }

    /**
     * Whether a case begins another span. One that is late by no more than a span counts to the present one: partitions
     * are not in step, and a summary that went back would begin to count anew.
     */
    public boolean isOver(Storm storm, long delivered) {
        long start = startOf(delivered);
        return start > storm.getStart() || start < storm.getStart() - span.toMillis();
    }

    /** The storm with one more case. */
    public static Storm add(Storm storm, DeliveryNote note, String limit) {
        var ids = new ArrayList<>(storm.getAlertIds());
        if (ids.size() < MAX_IDS) {
            ids.add(note.getAlertId());
        }
        return Storm.newBuilder(storm)
                .setCount(storm.getCount() + 1)
                .setAlertIds(ids)
                .setHosts(counted(storm.getHosts(), note.getHostname()))
                .setTenantKeys(counted(storm.getTenantKeys(), note.getTenantKey()))
                .setLimits(counted(storm.getLimits(), limit))
                .build();
    }

    /** True where a storm has cases that no summary has reported. */
    public static boolean hasUnreported(Storm storm) {
        return storm.getCount() > storm.getReported();
    }

    /** The storm after its summary. */
    public static Storm reported(Storm storm) {
        return Storm.newBuilder(storm)
                .setReported(storm.getCount())
                .setRevision(storm.getRevision() + 1)
                .build();
    }

    /** The summary as a case. @param example the first case that was held back, which lends its evidence */
    public static Alert summary(Storm storm, Alert example) {
        String id = Generators.nameBasedGenerator(NAMESPACE)
                .generate("storm|" + example.getTenantId() + '|' + example.getAnalyticId() + '|' + storm.getStart())
                .toString();
        int revision = storm.getRevision() + 1;
        String rule = example.getAnalyticId();
        String summary = storm.getCount() + " cases of " + rule + " were held back by the limit per "
                + names(storm.getLimits()) + " and are on the topic of alerts. Hosts: " + top(storm.getHosts(), false)
                + ". Sites: " + top(storm.getTenantKeys(), true)
                + ". The evidence below is from one of them.";
        return Alert.newBuilder(example)
                .setAlertId(id)
                .setRevision(revision)
                .setIdempotencyKey(id + ":" + revision)
                .setDedupKey(id.replace("-", ""))
                .setLifecycle(revision == 1 ? Lifecycle.CREATE : Lifecycle.UPDATE)
                .setState(CaseState.NEW)
                .setChangeReason(revision == 1 ? ChangeReason.FIRST_SEEN : ChangeReason.MORE_EVIDENCE)
                .setChangeNote("summary of cases that storm protection held back")
                .setSuppressedCount(storm.getCount())
                .setRelatedAlerts(storm.getAlertIds())
                .setDuplicateOf(null)
                .setHandling(null)
                .setLabels(List.of("summary"))
                .setAffectedDeviceCount(storm.getHosts().size())
                .setRecommendedActions(List.of())
                .setWithheldActions(List.of())
                .setAnalystQuestions(List.of())
                .setTitle("Summary: " + storm.getCount() + " more cases of " + rule + " were held back")
                .setSummary(summary)
                .setDescriptionMd(Markdown.escape(summary) + "\n")
                .build();
    }

    private static Map<String, Integer> counted(Map<String, Integer> counts, String name) {
        var next = new TreeMap<>(counts);
        String key = SafeText.clip(name, MAX_NAME);
        if (next.containsKey(key) || next.size() < MAX_NAMES) {
            next.merge(key, 1, Integer::sum);
        }
        return next;
    }

    private static String names(Map<String, Integer> counts) {
        return String.join(", ", new TreeMap<>(counts).keySet());
    }

    private static String top(Map<String, Integer> counts, boolean defang) {
        return counts.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Integer>>comparingInt(entry -> -entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(SHOWN)
                .map(entry -> (defang ? Defanger.host(entry.getKey()) : entry.getKey()) + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
