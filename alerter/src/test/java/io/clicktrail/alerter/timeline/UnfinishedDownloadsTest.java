package io.clicktrail.alerter.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.casefile.CaseFile;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FileRisk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnfinishedDownloadsTest {

    private static final CaseFile FILES = new CaseFile(Stories.ORGANISATION);

    @Test
    void aDownloadIsListedUnderItsFinalNameAlone() {
        Alert alert = FILES.of(renamed());

        assertThat(writes(alert))
                .hasSize(2)
                .noneMatch(item ->
                        item.getEvidence().getEvent().getFile().getPath().endsWith(".crdownload"))
                .anyMatch(item -> item.getEvidence().getEvent().getEventId().equals("renamed"));
        assertThat(alert.getEvidenceTotal())
                .isEqualTo(Stories.downloaded().getEvidence().size());
        assertThat(alert.getEvidenceTruncated()).isFalse();
    }

    @Test
    void linksLeadToTheFinalName() {
        String unfinished = Stories.write().getEvidence().getEvent().getEventId();
        Detection detection = Detection.newBuilder(renamed())
                .setLinks(renamed().getLinks().stream()
                        .map(link -> link.getToStage() != Stage.WRITE
                                ? link
                                : io.clicktrail.detection.Link.newBuilder(link)
                                        .setToEvent(unfinished)
                                        .build())
                        .toList())
                .build();

        Alert alert = FILES.of(detection);

        assertThat(writes(alert))
                .filteredOn(item -> item.getEvidence().getEvent().getEventId().equals("renamed"))
                .singleElement()
                .satisfies(item -> assertThat(item.getTies()).isNotEmpty());
    }

    @Test
    void aTemporaryNameThatContainsTheFinalOneNeedsNoRename() {
        Event unfinished = Stories.write().getEvidence().getEvent();
        String path = Stories.mark().getEvidence().getEvent().getFile().getPath();
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        Evidence temporary = Evidence.newBuilder(Stories.write().getEvidence())
                .setEvent(Event.newBuilder(unfinished)
                        .setEventId("temporary")
                        .setFile(File.newBuilder(unfinished.getFile())
                                .setPath(path + ".crdownload")
                                .build())
                        .build())
                .setFile(FileRisk.newBuilder(Stories.write().getEvidence().getFile())
                        .setTemporaryName(true)
                        .setFinalName(name)
                        .build())
                .build();
        Event last = Event.newBuilder(Stories.mark().getEvidence().getEvent())
                .setEventId("last")
                .setKind(EventKind.FILE_WRITE)
                .build();
        var evidence = new ArrayList<>(Stories.downloaded().getEvidence());
        evidence.add(new StageEvidence(Stage.WRITE, temporary));
        evidence.add(new StageEvidence(
                Stage.WRITE,
                Evidence.newBuilder(Stories.mark().getEvidence()).setEvent(last).build()));

        Alert alert = FILES.of(Detection.newBuilder(Stories.downloaded())
                .setEvidence(evidence)
                .setEvidenceTotal(evidence.size())
                .build());

        assertThat(writes(alert))
                .noneMatch(item -> item.getEvidence().getEvent().getEventId().equals("temporary"))
                .anyMatch(item -> item.getEvidence().getEvent().getEventId().equals("last"));
    }

    @Test
    void aDownloadThatIsNotFinishedStays() {
        assertThat(writes(FILES.of(Stories.downloaded())))
                .anyMatch(item ->
                        item.getEvidence().getEvent().getFile().getPath().endsWith(".crdownload"));
    }

    private static List<CaseEvidence> writes(Alert alert) {
        return alert.getEvidence().stream()
                .filter(item -> item.getStage() == Stage.WRITE)
                .toList();
    }

    /** The download, and then the rename from its temporary name. */
    private static Detection renamed() {
        Detection story = Stories.downloaded();
        Evidence unfinished = Stories.write().getEvidence();
        Event event = Event.newBuilder(unfinished.getEvent())
                .setEventId("renamed")
                .setTime(unfinished.getEvent().getTime().plusMillis(90))
                .setFile(File.newBuilder(Stories.mark().getEvidence().getEvent().getFile())
                        .setOriginalPath(unfinished.getEvent().getFile().getPath())
                        .build())
                .build();
        var evidence = new ArrayList<>(story.getEvidence());
        evidence.add(new StageEvidence(
                Stage.WRITE,
                Evidence.newBuilder(Stories.mark().getEvidence())
                        .setEvent(event)
                        .build()));
        return Detection.newBuilder(story)
                .setEvidence(evidence)
                .setEvidenceTotal(evidence.size())
                .build();
    }
}
