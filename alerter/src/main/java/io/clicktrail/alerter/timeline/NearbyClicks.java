package io.clicktrail.alerter.timeline;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alert.EvidenceLink;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.Stage;
import io.clicktrail.evidence.DomainRisk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Clicks that are in a case only because the same application acted after them: their links lead to other sites, and
 * another click certainly started the chain. They are shown after the timeline.
 */
public final class NearbyClicks {

    private NearbyClicks() {}

    /** The nearby clicks of a case, in event-time order; empty where no click certainly started the chain. */
    public static List<CaseEvidence> of(Alert alert) {
        Set<String> linked = new HashSet<>();
        boolean certain = false;
        for (CaseEvidence item : alert.getEvidence()) {
            for (EvidenceLink link : item.getLinks()) {
                linked.add(link.getFromEvent());
                certain |= link.getFromStage() == Stage.CLICK && certain(link.getGrade());
            }
        }
        return certain
                ? alert.getEvidence().stream()
                        .filter(item -> item.getStage() == Stage.CLICK
                                && !linked.contains(
                                        item.getEvidence().getEvent().getEventId())
                                && leadsElsewhere(item, alert.getTenantKey()))
                        .toList()
                : List.of();
    }

    private static boolean leadsElsewhere(CaseEvidence item, String tenantKey) {
        DomainRisk domain = item.getEvidence().getDomain();
        return domain != null && !domain.getTenantKey().equals(tenantKey);
    }

    private static boolean certain(LinkGrade grade) {
        return switch (grade) {
            case SAME_PROCESS, ARTIFACT -> true;
            case SAME_APPLICATION, SAME_USER, VIA_ADDRESS, SAME_HOST -> false;
        };
    }
}
