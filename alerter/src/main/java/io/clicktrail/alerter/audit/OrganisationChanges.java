package io.clicktrail.alerter.audit;

import io.clicktrail.audit.AuditEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * Changes of what the organisation knows, until they are on the audit topic. A global table can't write, so each
 * instance notes the changes that it takes in, and one of them records them. Changes that follow each other and have no
 * values to show are one entry: an inventory sets a hundred thousand at once. What is more than {@value #MAX} entries
 * is the last of them. Safe for several threads.
 */
public final class OrganisationChanges {

    static final int MAX = 10_000;
    static final String OTHERS = "other sources";

    private final Deque<Noted> noted = new ArrayDeque<>();
    private long handedOut = -1;

    /**
     * An entry.
     *
     * @param last offset of the last of its changes
     */
    public record Noted(AuditEntry entry, long last) {}

    /** Notes a change. */
    public synchronized void note(AuditEntry entry) {
        var previous = noted.peekLast();
        if (previous != null && previous.last() > handedOut) {
            if (areOne(previous.entry(), entry)) {
                replaceLast(counting(AuditEntry.newBuilder(previous.entry())), entry);
                return;
            }
            if (noted.size() >= MAX) {
                var others = AuditEntry.newBuilder(previous.entry())
                        .setWho(OTHERS)
                        .setWhat("entries changed")
                        .setBefore(null)
                        .setAfter(null)
                        .setReason(null);
                replaceLast(counting(others), entry);
                return;
            }
        }
        noted.addLast(new Noted(entry, entry.getOffset()));
    }

    /**
     * The changes after an offset. Those up to it are recorded for good and forgotten.
     *
     * @param recorded offset of the last change that is on the audit topic, negative for none
     */
    public synchronized List<Noted> after(long recorded) {
        noted.removeIf(each -> each.last() <= recorded);
        if (!noted.isEmpty()) {
            handedOut = noted.getLast().last();
        }
        return List.copyOf(noted);
    }

    private void replaceLast(AuditEntry.Builder entry, AuditEntry next) {
        noted.removeLast();
        noted.addLast(new Noted(entry.build(), next.getOffset()));
    }

    private static AuditEntry.Builder counting(AuditEntry.Builder entry) {
        return entry.setCount(entry.getCount() + 1);
    }

    private static boolean areOne(AuditEntry one, AuditEntry other) {
        return one.getBefore() == null
                && one.getAfter() == null
                && other.getBefore() == null
                && other.getAfter() == null
                && one.getOutcome() == other.getOutcome()
                && one.getWho().equals(other.getWho())
                && one.getWhat().equals(other.getWhat())
                && Objects.equals(one.getReason(), other.getReason());
    }
}
