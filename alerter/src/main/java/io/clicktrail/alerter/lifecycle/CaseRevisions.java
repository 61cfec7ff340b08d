package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Escalation;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.alerter.escalation.EscalationPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes revisions of a case, and carries its past over to a new draft. */
final class CaseRevisions {

    private static final int MAX_RELATED = 40;

    private CaseRevisions() {}

    /** The handling of a case; empty where there was none. */
    static Handling of(Alert alert) {
        return alert.getHandling() == null ? Handling.newBuilder().build() : alert.getHandling();
    }

    static boolean closed(Alert alert) {
        return alert.getLifecycle() == Lifecycle.CLOSE;
    }

    static boolean acknowledged(Alert alert) {
        return of(alert).getAcknowledgedAt() != null;
    }

    /** The next revision of a case. */
    static CaseCopy revise(Alert previous, Lifecycle lifecycle, ChangeReason reason, String note) {
        return CaseCopy.of(previous)
                .setRevision(previous.getRevision() + 1)
                .setLifecycle(lifecycle)
                .setChangeReason(reason)
                .setChangeNote(note);
    }

    /** A new draft with the past of the case: state, handling, relations, and the tier that it was raised to. */
    static CaseCopy carry(Alert previous, Alert draft, Lifecycle lifecycle, ChangeReason reason, String note) {
        return CaseCopy.of(draft)
                .setRevision(previous.getRevision() + 1)
                .setLifecycle(lifecycle)
                .setState(previous.getState())
                .setChangeReason(reason)
                .setChangeNote(note)
                .setHandling(previous.getHandling())
                .setFolded(previous.getFolded())
                .setOtherPlaces(previous.getOtherPlaces())
                .setSuppressedCount(previous.getSuppressedCount())
                .setDuplicateOf(previous.getDuplicateOf())
                .setRelatedAlerts(union(previous.getRelatedAlerts(), draft.getRelatedAlerts()))
                .setEscalation(raised(draft.getEscalation(), of(previous).getRaisedTier()));
    }

    static List<String> union(List<String> some, List<String> others) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all.stream().limit(MAX_RELATED).toList();
    }

    /** The handling with the deadline for an acknowledgement of a case that is sent now. */
    static Handling due(Handling handling, Escalation escalation, Instant now) {
        return Handling.newBuilder(handling)
                .setDueAt(now.plusSeconds(escalation.getAckSeconds()))
                .build();
    }

    static Escalation raised(Escalation escalation, int tier) {
        if (tier <= escalation.getTier()) {
            return escalation;
        }
        var reasons = new ArrayList<>(escalation.getReasons());
        reasons.add("not acknowledged in time");
        return EscalationPolicy.at(tier, reasons);
    }

    static Alert closing(Alert previous, Handling handling, CaseState state, ChangeReason reason, String note) {
        return revise(previous, Lifecycle.CLOSE, reason, note)
                .setState(state)
                .setHandling(Handling.newBuilder(handling).setDueAt(null).build())
                .build();
    }
}
