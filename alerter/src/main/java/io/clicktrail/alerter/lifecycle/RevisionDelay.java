package io.clicktrail.alerter.lifecycle;

import io.clicktrail.state.FactKind;
import io.clicktrail.state.Finding;
import java.time.Duration;

/**
 * How long a revision waits for others to come, so that what is found out in a moment becomes one revision, a subject
 * that thousands touch does not revise its cases thousands of times, and a flood of new cases does not write each of
 * them twice.
 *
 * @param longest the longest wait; with zero nothing waits
 */
public record RevisionDelay(Duration longest) {

    /** The shortest wait. */
    public static final Duration SLOT = Duration.ofSeconds(1);

    /** How often what waits is looked at. */
    public static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LOOK_WHILE_BUSY = Duration.ofMillis(1);
    private static final int NEW_IN_SLOT = 10;
    private static final int ALERTED_REVISIONS = 10;
    private static final int MOST_DOUBLINGS = 20;

    /**
     * How long what was found out waits for more: a slot, and twice as long with every revision. For alerts of other
     * products that begins after ten revisions, so that they are told at once as long as they do not come in a flood.
     *
     * @param revision of the case as it is
     */
    public Duration before(Finding finding, int revision) {
        boolean alerted =
                finding.getKnown().getFacts().stream().anyMatch(fact -> fact.getKind() == FactKind.ENDPOINT_ALERT);
        int doublings = Math.clamp(revision - (alerted ? ALERTED_REVISIONS : 1), 0, MOST_DOUBLINGS);
        Duration wait = SLOT.multipliedBy(1L << doublings);
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /**
     * True in a flood, in which new cases of at most medium severity wait for the answers to their questions.
     *
     * @param begun new cases of this slot so far
     * @param before new cases of the slot before
     */
    public boolean flooded(int begun, int before) {
        return Math.max(begun, before) >= NEW_IN_SLOT && longest.isPositive();
    }

    /**
     * How long one look may write revisions; the others stay for the next. While other records come it is short, so
     * that they are read at once and a high case finds the way out free.
     *
     * @param busy whether records came since the last look
     */
    public Duration forRevisions(boolean busy) {
        return busy ? LOOK_WHILE_BUSY : LOOK;
    }
}
