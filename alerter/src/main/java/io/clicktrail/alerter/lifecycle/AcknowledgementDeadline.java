package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Reason;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Send;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Skip;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a case that nobody acknowledged in time: its tier rises, at most {@value #MAX_ESCALATIONS} times;
 * after the last tier it is archived, unless it is high or critical.
 *
 * @param keep how long a case of at most medium severity waits after the last tier before it is archived
 */
record AcknowledgementDeadline(Duration keep) {

    /** Most times that the tier of a case rises for lack of an acknowledgement. */
    static final int MAX_ESCALATIONS = 3;

    private static final int LAST_TIER = 3;

    /** The decision when a deadline passes. */
    LifecycleDecision passed(@Nullable Alert last, CaseLookup cases, Instant now) {
        if (last == null || CaseRevisions.closed(last)) {
            return new Skip(Reason.NOT_DUE);
        }
        Handling handling = CaseRevisions.of(last);
        if (handling.getDueAt() == null || handling.getDueAt().isAfter(now) || CaseRevisions.acknowledged(last)) {
            return new Skip(Reason.NOT_DUE);
        }
        return exhausted(handling) ? archived(last, handling, cases) : Send.one(escalated(last, handling, now));
    }

    private static boolean exhausted(Handling handling) {
        return handling.getRaisedTier() == LAST_TIER || handling.getEscalations() >= MAX_ESCALATIONS;
    }

    private Alert escalated(Alert last, Handling handling, Instant now) {
        int tier = Math.min(LAST_TIER, last.getEscalation().getTier() + 1);
        var escalation = CaseRevisions.raised(last.getEscalation(), tier);
        Handling raised = Handling.newBuilder(handling)
                .setEscalations(handling.getEscalations() + 1)
                .setRaisedTier(tier)
                .build();
        Instant next = !exhausted(raised)
                ? now.plusSeconds(escalation.getAckSeconds())
                : archivable(last) ? now.plus(keep) : null;
        return CaseRevisions.revise(
                        last,
                        Lifecycle.UPDATE,
                        ChangeReason.ESCALATED,
                        "not acknowledged within "
                                + Duration.ofSeconds(last.getEscalation().getAckSeconds())
                                        .toMinutes()
                                + " min; tier " + last.getEscalation().getTier() + " to " + tier)
                .setEscalation(escalation)
                .setHandling(Handling.newBuilder(raised).setDueAt(next).build())
                .build();
    }

    /** Nobody acknowledged: the case is archived. */
    private LifecycleDecision archived(Alert last, Handling handling, CaseLookup cases) {
        if (!archivable(last)) {
            return new Skip(Reason.NOT_DUE);
        }
        Alert closed = CaseRevisions.closing(
                last,
                handling,
                CaseState.ARCHIVED,
                ChangeReason.EXPIRED,
                "not acknowledged within " + keep.toDays() + " days");
        return new Send(List.of(closed), CaseGroups.with(cases.group(closed.getDedupKey()), CaseGroups.member(closed)));
    }

    /** High and critical cases are never closed by time alone. */
    private static boolean archivable(Alert alert) {
        return alert.getSeverity().compareTo(Severity.MEDIUM) <= 0;
    }
}
