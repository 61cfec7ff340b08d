package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.delivery.Limits;
import io.clicktrail.state.FactKind;
import io.clicktrail.state.Finding;
import java.time.Duration;

/**
 * How long a revision waits for others to come, so that what is found out in a moment becomes one revision, a subject that
 * thousands touch does not revise its cases thousands of times, and a flood of new cases does not write each of them twice.
 */
public final class Patience {

    /** How often what waits is looked at. */
    public static final Duration SLOT = Duration.ofSeconds(1);

    /** Revisions that one slot makes at most; the others stay for the next, so that nothing stands long before a high case. */
    public static final int REVISIONS_IN_SLOT = 250;

    private static final int NEW_AT_ONCE = 20;
    private static final int MOST_DOUBLINGS = 6;

    private Patience() {}

    /**
     * How long what was found out waits for more: a slot, and twice as long with every revision, about a minute at most. Alerts of
     * other products do not wait longer than a slot.
     *
     * @param revision of the case as it is
     */
    public static Duration before(Finding finding, int revision) {
        boolean alerted =
                finding.getKnown().getFacts().stream().anyMatch(fact -> fact.getKind() == FactKind.ENDPOINT_ALERT);
        int doublings = alerted ? 0 : Math.clamp(revision - 1, 0, MOST_DOUBLINGS);
        return SLOT.multipliedBy(1L << doublings);
    }

    /**
     * True where a new case waits for the answers to its questions: one of at most medium severity, in a flood.
     *
     * @param inSlot new cases of this slot before it
     */
    public static boolean holds(Decision decision, int inSlot) {
        return inSlot >= NEW_AT_ONCE && decision instanceof Decision.Send send && opens(send) && !urgent(send);
    }

    /** True where a decision makes a new case. */
    public static boolean opens(Decision.Send send) {
        return send.alerts().stream()
                .anyMatch(alert -> alert.getLifecycle() == Lifecycle.CREATE && alert.getRevision() == 1);
    }

    private static boolean urgent(Decision.Send send) {
        return send.alerts().stream().anyMatch(Limits::high);
    }
}
