package io.clicktrail.alerter.timeline;

import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alert.EvidenceLink;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.evidence.FilePreparation;
import java.util.ArrayList;
import java.util.List;

/** The evidence of a case in event-time order, each piece with what it shows and its links to earlier ones. */
public final class Timeline {

    private Timeline() {}

    /** The timeline of a chain. */
    public static List<CaseEvidence> of(Chain chain) {
        var items = new ArrayList<CaseEvidence>();
        for (StageEvidence item : chain.evidence()) {
            Event event = item.getEvidence().getEvent();
            items.add(CaseEvidence.newBuilder()
                    .setStage(item.getStage())
                    .setWhat(what(chain, item))
                    .setLinks(links(chain, item))
                    .setEvidence(item.getEvidence())
                    .setTruncated(chain.isCut(event))
                    .build());
        }
        return items;
    }

    private static String what(Chain chain, StageEvidence item) {
        String shown = EvidenceSentence.of(chain, item.getEvidence());
        return item.getStage() == Stage.EXECUTION && item.getEvidence().getPreparation() != FilePreparation.NONE
                ? shown + "; this only prepared the file, it did not run it"
                : shown;
    }

    private static List<EvidenceLink> links(Chain chain, StageEvidence item) {
        String event = item.getEvidence().getEvent().getEventId();
        return chain.links().stream()
                .filter(link -> link.getToEvent().equals(event) && link.getToStage() == item.getStage())
                .map(link -> new EvidenceLink(
                        link.getFromStage(),
                        link.getFromEvent(),
                        link.getGrade(),
                        chain.defanger().prose(link.getReason())))
                .toList();
    }
}
