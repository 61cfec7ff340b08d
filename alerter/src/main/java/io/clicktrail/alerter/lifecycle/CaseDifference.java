package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.detection.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What changed between two revisions of a case.
 *
 * @param reason the most serious change
 * @param note all changes, in words
 */
record CaseDifference(ChangeReason reason, String note) {

    static CaseDifference between(Alert before, Alert after) {
        List<CaseDifference> found = new ArrayList<>();
        boolean knownBefore = knownBad(before);
        boolean knownAfter = knownBad(after);
        if (knownAfter && !knownBefore) {
            found.add(
                    new CaseDifference(ChangeReason.INTEL_HIT, "the link or its domain is now known to be malicious"));
        }
        int severity = after.getSeverity().compareTo(before.getSeverity());
        String severities = "severity " + word(before.getSeverity()) + " to " + word(after.getSeverity());
        if (severity > 0) {
            found.add(new CaseDifference(ChangeReason.SEVERITY_UP, severities));
        }
        int tierBefore = before.getEscalation().getTier();
        int tierAfter = after.getEscalation().getTier();
        if (tierAfter > tierBefore) {
            found.add(new CaseDifference(ChangeReason.ESCALATED, "tier " + tierBefore + " to " + tierAfter));
        }
        for (Stage stage : after.getStagesMatched()) {
            if (!before.getStagesMatched().contains(stage)) {
                found.add(new CaseDifference(ChangeReason.NEW_STAGE, "stage " + word(stage) + " seen"));
            }
        }
        if (severity < 0) {
            found.add(new CaseDifference(ChangeReason.SEVERITY_DOWN, severities));
        }
        if (knownBefore && !knownAfter) {
            found.add(new CaseDifference(ChangeReason.INTEL_RETRACTED, "the link is no longer known to be malicious"));
        }
        if (after.getFirstEventTime().isBefore(before.getFirstEventTime())) {
            found.add(new CaseDifference(ChangeReason.LATE_EVENT, "an earlier event arrived"));
        }
        int more = after.getEvidenceTotal() - before.getEvidenceTotal();
        if (more > 0) {
            found.add(new CaseDifference(
                    ChangeReason.MORE_EVIDENCE,
                    more + (more == 1 ? " more piece of evidence" : " more pieces of evidence")));
        }
        if (after.getAffectedDeviceCount() > before.getAffectedDeviceCount()) {
            found.add(new CaseDifference(
                    ChangeReason.MORE_EVIDENCE,
                    after.getAffectedDeviceCount() + " hosts have cases with the same site or file"));
        }
        long answered = answered(after) - answered(before);
        if (answered > 0) {
            found.add(new CaseDifference(
                    ChangeReason.MORE_EVIDENCE,
                    answered + (answered == 1 ? " more question answered" : " more questions answered")));
        }
        if (found.isEmpty()) {
            return new CaseDifference(ChangeReason.MORE_EVIDENCE, "details of the evidence or its scores changed");
        }
        return new CaseDifference(
                found.getFirst().reason,
                String.join("; ", found.stream().map(CaseDifference::note).toList()));
    }

    private static long answered(Alert alert) {
        return alert.getAnalystQuestions().stream()
                .filter(question -> question.getState() != AnswerState.UNANSWERED)
                .count();
    }

    private static boolean knownBad(Alert alert) {
        return Chain.knownBad(alert.getDomain());
    }

    private static String word(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }
}
