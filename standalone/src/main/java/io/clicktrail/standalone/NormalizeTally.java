package io.clicktrail.standalone;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.assembly.AssembledEvent;
import io.clicktrail.normalizer.assembly.PendingPiece;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of records by outcome: normalized, ignored or rejected; the broken documents of normalized records count as
 * rejected in addition.
 */
final class NormalizeTally {
    private final Map<String, Long> events = new TreeMap<>();
    private final Map<String, Long> ignored = new TreeMap<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private long received;
    private long normalized;
    private long ignoredRecords;
    private boolean isUndated;

    /** Counts a record and its events; a record with only pieces is counted when they are assembled. */
    void add(Outcome outcome) {
        received++;
        switch (outcome) {
            case Outcome.Partial partial -> {
                if (partial.rest() != null) {
                    add(partial.rest(), 1);
                }
            }
            case Outcome.Normalized read -> add(read, 1);
            case Outcome.Ignored read -> add(read, 1);
            case Outcome.Rejected read -> add(read, 1);
        }
    }

    /** Counts an assembled event, and the records of its pieces. */
    void add(AssembledEvent settled) {
        int records =
                (int) settled.pieces().stream().filter(PendingPiece::isCounted).count();
        add(settled.outcome(), records);
    }

    private void add(Outcome outcome, int records) {
        switch (outcome) {
            case Outcome.Normalized read -> {
                normalized += records;
                for (Event event : read.events()) {
                    events.merge(event.getSource().getDataset() + " " + event.getKind(), 1L, Long::sum);
                }
                read.faults().forEach(this::reject);
            }
            case Outcome.Ignored read -> {
                ignoredRecords += records;
                ignored.merge(read.dataset() + ": " + read.reason(), 1L, Long::sum);
            }
            case Outcome.Rejected read -> reject(read);
            case Outcome.Partial partial -> throw new IllegalArgumentException("pieces have no outcome yet");
        }
    }

    void add(NormalizeTally other) {
        received += other.received;
        normalized += other.normalized;
        ignoredRecords += other.ignoredRecords;
        isUndated |= other.isUndated;
        other.events.forEach((which, count) -> events.merge(which, count, Long::sum));
        other.ignored.forEach((which, count) -> ignored.merge(which, count, Long::sum));
        other.rejected.forEach((which, count) -> rejected.merge(which, count, Long::sum));
    }

    long normalized() {
        return normalized;
    }

    /** Whether a record was rejected because it has no time. */
    boolean isUndated() {
        return isUndated;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%,d received = %,d normalized + %,d ignored + %,d rejected",
                received,
                normalized,
                ignoredRecords,
                received - normalized - ignoredRecords);
    }

    /** The reasons of rejections, to follow the line of a file; empty if there are none. */
    String reasons() {
        return rejected.isEmpty() ? "" : " " + rejected;
    }

    void print(PrintStream out) {
        counts(out, "events", events);
        counts(out, "ignored", ignored);
        counts(out, "rejected", rejected);
    }

    private void reject(Outcome.Rejected fault) {
        isUndated |= fault.reason() == Reason.BAD_TIME;
        rejected.merge(fault.reason() + " (" + fault.format() + ")", 1L, Long::sum);
    }

    private static void counts(PrintStream out, String what, Map<String, Long> counts) {
        counts.forEach((which, count) -> out.println(String.format(Locale.ROOT, "%,12d  %-9s %s", count, what, which)));
    }
}
