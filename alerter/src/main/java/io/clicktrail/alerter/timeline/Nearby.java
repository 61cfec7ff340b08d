package io.clicktrail.alerter.timeline;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alert.Tie;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.Stage;
import io.clicktrail.evidence.DomainRisk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Clicks that stand in a case only because the same application acted after them: their links lead to other sites, and
 * another click is surely the one that the chain hangs on. People read them after the timeline.
 */
public final class Nearby {

    private Nearby() {}

    /** The clicks of a case that are only nearby, in event-time order; empty where no click is surely the one. */
    public static List<CaseEvidence> of(Alert alert) {
        Set<String> tied = new HashSet<>();
        boolean sure = false;
        for (CaseEvidence item : alert.getEvidence()) {
            for (Tie tie : item.getTies()) {
                tied.add(tie.getFromEvent());
                sure |= tie.getFromStage() == Stage.CLICK && sure(tie.getGrade());
            }
        }
        return sure
                ? alert.getEvidence().stream()
                        .filter(item -> item.getStage() == Stage.CLICK
                                && !tied.contains(item.getEvidence().getEvent().getEventId())
                                && leadsElsewhere(item, alert.getTenantKey()))
                        .toList()
                : List.of();
    }

    private static boolean leadsElsewhere(CaseEvidence item, String tenantKey) {
        DomainRisk domain = item.getEvidence().getDomain();
        return domain != null && !domain.getTenantKey().equals(tenantKey);
    }

    private static boolean sure(LinkGrade grade) {
        return switch (grade) {
            case SAME_PROCESS, ARTIFACT -> true;
            case SAME_APPLICATION, SAME_USER, VIA_ADDRESS, SAME_HOST -> false;
        };
    }
}
