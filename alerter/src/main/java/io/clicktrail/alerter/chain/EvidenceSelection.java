package io.clicktrail.alerter.chain;

import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which evidence of a detection its case shows, sanitized.
 *
 * <p>At most {@value #MAX_EVIDENCE} pieces of evidence and {@value #MAX_BYTES} bytes of text. Where a detection has
 * more, the latest evidence of the fullest stage is dropped first, but never the only one of a stage; then the limit of
 * a string is lowered step by step, and evidence is dropped again. The result does not depend on the order of the
 * input. Each step sanitizes all evidence once, with at most 7 limits and 20 drops.
 *
 * @param evidence in event-time order
 * @param maxString limit of one string, UTF-8 bytes
 * @param cutEvents ids of events of which text was cut
 * @param bytes bytes of all text inside JSON
 */
record EvidenceSelection(List<StageEvidence> evidence, int maxString, Set<String> cutEvents, int bytes) {

    /** Most evidence that a case shows. */
    static final int MAX_EVIDENCE = 20;

    /** Most text of all evidence inside JSON, bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int[] STRING_LIMITS = {4096, 2048, 1024, 512};
    private static final int[] LAST_STRING_LIMITS = {256, 128, 64};

    private static final Comparator<StageEvidence> TIMELINE = Comparator.comparing(
                    (StageEvidence item) -> item.getEvidence().getEvent().getTime())
            .thenComparing(StageEvidence::getStage)
            .thenComparing(item -> item.getEvidence().getEvent().getEventId());

    static EvidenceSelection of(List<StageEvidence> all) {
        List<StageEvidence> items = new ArrayList<>(all);
        items.sort(TIMELINE);
        while (items.size() > MAX_EVIDENCE) {
            dropOne(items);
        }
        EvidenceSelection selection = sanitized(items, STRING_LIMITS[0]);
        for (int i = 1; i < STRING_LIMITS.length && !selection.fits(); i++) {
            selection = sanitized(items, STRING_LIMITS[i]);
        }
        while (!selection.fits() && dropOne(items)) {
            selection = sanitized(items, STRING_LIMITS[STRING_LIMITS.length - 1]);
        }
        for (int i = 0; i < LAST_STRING_LIMITS.length && !selection.fits(); i++) {
            selection = sanitized(items, LAST_STRING_LIMITS[i]);
        }
        return selection;
    }

    private static EvidenceSelection sanitized(List<StageEvidence> items, int maxString) {
        var copies = new ArrayList<StageEvidence>(items.size());
        var cutEvents = new TreeSet<String>();
        int bytes = 0;
        for (StageEvidence item : items) {
            var sanitizer = new RecordSanitizer(maxString);
            StageEvidence copy = sanitizer.copy(item);
            copies.add(copy);
            bytes += sanitizer.bytes();
            if (sanitizer.cut()) {
                cutEvents.add(copy.getEvidence().getEvent().getEventId());
            }
        }
        return new EvidenceSelection(List.copyOf(copies), maxString, Set.copyOf(cutEvents), bytes);
    }

    private boolean fits() {
        return bytes <= MAX_BYTES;
    }

    /** Removes the latest item of the fullest stage, but never the only one of a stage. */
    private static boolean dropOne(List<StageEvidence> items) {
        Map<Stage, Integer> counts = new EnumMap<>(Stage.class);
        items.forEach(item -> counts.merge(item.getStage(), 1, Integer::sum));
        Stage fullest = null;
        for (Map.Entry<Stage, Integer> count : counts.entrySet()) {
            if (count.getValue() > 1 && (fullest == null || count.getValue() > counts.getOrDefault(fullest, 0))) {
                fullest = count.getKey();
            }
        }
        for (int at = items.size() - 1; at >= 0; at--) {
            if (items.get(at).getStage() == fullest) {
                items.remove(at);
                return true;
            }
        }
        return false;
    }
}
