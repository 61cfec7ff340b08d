package io.clicktrail.alerter.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.ActionTarget;
import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.Stories;
import io.clicktrail.detection.ContentVerdict;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.FileContent;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.Http;
import io.clicktrail.event.MarkAction;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FilePreparation;
import io.clicktrail.evidence.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that were prepared to run, and files that pretend to be something else. */
class FileTricksTest {

    private static final String PREPARED = Stories.id(7);

    @ParameterizedTest
    @CsvSource({
        "MADE_EXECUTABLE, FILE_MODE, 'the downloaded file was made executable'",
        "MARK_REMOVED, FILE_MARK, 'the download mark was removed from the file'"
    })
    void aFileThatWasOnlyPreparedIsNoExecution(FilePreparation preparation, EventKind kind, String words) {
        Alert alert = Stories.alert(prepared(preparation, kind));

        assertThat(alert.getSeverity()).isEqualTo(Severity.MEDIUM);
        assertThat(alert.getSeverityReasons()).contains(words);
        assertThat(alert.getEscalation().getTier()).isEqualTo(1);
        assertThat(answer(alert, "Q7")).startsWith("Not seen, but " + words);
        assertThat(alert.getEvidence().getLast()).satisfies(item -> {
            assertThat(item.getStage()).isEqualTo(Stage.EXECUTION);
            assertThat(item.getWhat()).endsWith("this only prepared the file, it did not run it");
        });
        assertThat(alert.getRecommendedActions())
                .noneMatch(action ->
                        action.getTargetType() == ActionTarget.DEVICE && action.getVerb() == ActionVerb.CONTAIN);
    }

    @Test
    void aFileThatWasPreparedAndRanIsAnExecution() {
        Detection detection = Detection.newBuilder(Stories.executed())
                .setEvidence(
                        with(Stories.executed(), preparation(FilePreparation.MADE_EXECUTABLE, EventKind.FILE_MODE)))
                .build();
        Alert alert = Stories.alert(detection);

        assertThat(alert.getSeverity()).isEqualTo(Severity.HIGH);
        assertThat(alert.getEvidence())
                .filteredOn(item -> item.getWhat().endsWith("this only prepared the file, it did not run it"))
                .extracting(CaseEvidence::getEvidence)
                .extracting(evidence -> evidence.getEvent().getEventId())
                .containsExactly(PREPARED);
        assertThat(answer(alert, "Q7")).startsWith("Yes: ");
    }

    @Test
    void aFileOfOtherContentIsInTheReasonsAndTheAnswers() {
        Detection detection = Stories.withEvidence(
                Detection.newBuilder(Stories.downloaded())
                        .setContents(List.of(new FileContent(
                                Stories.id(4),
                                Stories.id(3),
                                "Invoice-4711.iso",
                                "application/x-dosexec",
                                ContentVerdict.MISMATCH)))
                        .build(),
                Stories.downloaded().getEvidence().stream()
                        .map(FileTricksTest::asProgram)
                        .toList());
        Alert alert = Stories.alert(detection);

        assertThat(alert.getSeverity()).isEqualTo(Severity.MEDIUM);
        assertThat(alert.getSeverityReasons())
                .contains("the content of Invoice-4711.iso is application/x-dosexec, which does not match its name");
        assertThat(answer(alert, "Q15")).isEqualTo("No: .iso holds application/x-dosexec.");
    }

    private static Detection prepared(FilePreparation preparation, EventKind kind) {
        return Detection.newBuilder(Stories.downloaded())
                .setEvidence(with(Stories.downloaded(), preparation(preparation, kind)))
                .setMissing(List.of())
                .build();
    }

    private static List<StageEvidence> with(Detection detection, StageEvidence more) {
        var evidence = new ArrayList<>(detection.getEvidence());
        evidence.add(more);
        return evidence;
    }

    private static StageEvidence preparation(FilePreparation preparation, EventKind kind) {
        Evidence mark = Stories.mark().getEvidence();
        Event event = Event.newBuilder(mark.getEvent())
                .setEventId(PREPARED)
                .setKind(kind)
                .setTime(Stories.CLICK_TIME.plusSeconds(30))
                .setFile(File.newBuilder(mark.getEvent().getFile())
                        .setMark(kind == EventKind.FILE_MARK ? MarkAction.REMOVED : MarkAction.NONE)
                        .build())
                .build();
        return new StageEvidence(
                Stage.EXECUTION,
                Evidence.newBuilder(mark)
                        .setEvent(event)
                        .setPreparation(preparation)
                        .setRoles(List.of(Role.EXECUTION))
                        .build());
    }

    private static StageEvidence asProgram(StageEvidence item) {
        Http http = item.getEvidence().getEvent().getHttp();
        if (http == null) {
            return item;
        }
        Event event = Event.newBuilder(item.getEvidence().getEvent())
                .setHttp(Http.newBuilder(http)
                        .setMimeType("application/x-dosexec")
                        .build())
                .build();
        return new StageEvidence(
                item.getStage(),
                Evidence.newBuilder(item.getEvidence()).setEvent(event).build());
    }

    private static String answer(Alert alert, String id) {
        return alert.getAnalystQuestions().stream()
                .filter(question -> question.getId().equals(id))
                .map(AnalystQuestion::getAnswer)
                .findFirst()
                .orElseThrow();
    }
}
