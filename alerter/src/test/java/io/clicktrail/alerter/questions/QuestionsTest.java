package io.clicktrail.alerter.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alerter.Stories;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Event;
import io.clicktrail.event.Process;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ProcessRisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuestionsTest {

    private static final Pattern ROW = Pattern.compile("^\\| (Q\\d+) \\|");

    @Test
    void asksTheQuestionsThatThePageListsInItsOrder() throws IOException {
        Path page = Path.of(System.getProperty("clicktrail.root", ".."), "docs", "soar.md");
        List<String> listed = Files.readAllLines(page).stream()
                .map(ROW::matcher)
                .filter(Matcher::find)
                .map(row -> row.group(1))
                .toList();

        assertThat(Stories.alert(Stories.executed()).getAnalystQuestions())
                .extracting(AnalystQuestion::getId)
                .hasSizeGreaterThanOrEqualTo(16)
                .containsExactlyElementsOf(listed);
    }

    @Test
    void answersWhatTheLogsAnswerAndNamesTheEvidence() {
        AnalystQuestion click = question(Stories.executed(), "Q1");
        AnalystQuestion file = question(Stories.executed(), "Q6");

        assertThat(click.getState()).isEqualTo(AnswerState.ANSWERED);
        assertThat(click.getAnswer()).contains("mail (outlook)");
        assertThat(click.getEventIds()).containsExactly(Stories.id(1));
        assertThat(file.getState()).isEqualTo(AnswerState.ANSWERED);
        assertThat(file.getAnswer()).contains("Invoice-4711.iso", "zone 3", "9c56cc51");
    }

    @Test
    void everyQuestionIsAnsweredOrSaysWhichTelemetryIsMissing() {
        for (Detection detection : List.of(Stories.executed(), Stories.downloaded(), Stories.contacted())) {
            assertThat(Stories.alert(detection).getAnalystQuestions()).allSatisfy(question -> {
                if (question.getState() != AnswerState.ANSWERED) {
                    assertThat(question.getMissingTelemetry())
                            .as(question.getId())
                            .isNotEmpty();
                }
                if (question.getState() == AnswerState.UNANSWERED) {
                    assertThat(question.getAnswer()).as(question.getId()).isNull();
                } else {
                    assertThat(question.getAnswer()).as(question.getId()).isNotBlank();
                }
                assertThat(question.getWhereToLook()).as(question.getId()).contains("@timestamp");
            });
        }
    }

    @Test
    void aLiveSensorThatSawNothingIsAnAnswer() {
        AnalystQuestion execution = question(Stories.downloaded(), "Q7");

        assertThat(execution.getState()).isEqualTo(AnswerState.ANSWERED);
        assertThat(execution.getAnswer()).startsWith("No execution was seen");
    }

    @Test
    void saysWhoSignedWhatRan() {
        assertThat(question(signed("BJ4HAAB9B6", "Zoom"), "Q7"))
                .returns(AnswerState.ANSWERED, AnalystQuestion::getState)
                .extracting(AnalystQuestion::getAnswer)
                .asString()
                .endsWith(" wscript.exe is signed by Zoom (team BJ4HAAB9B6) as us.zoom.xos.");
        assertThat(question(signed("QX7Z2TEST1", null), "Q7").getAnswer())
                .endsWith(" by team QX7Z2TEST1 as us.zoom.xos, which is not on the list of known publishers.");
        assertThat(question(signed(null, null), "Q7").getAnswer()).endsWith(" signed without a team as us.zoom.xos.");
        assertThat(question(Stories.executed(), "Q7"))
                .returns(AnswerState.PARTLY, AnalystQuestion::getState)
                .returns(List.of("signature of the image (EDR, or Sysmon 7)"), AnalystQuestion::getMissingTelemetry);
    }

    @Test
    void aMissingSensorIsNoAnswer() {
        AnalystQuestion file = question(Stories.contacted(), "Q6");

        assertThat(file.getState()).isEqualTo(AnswerState.UNANSWERED);
        assertThat(file.getMissingTelemetry()).containsExactly("Sysmon 11 and 15");
    }

    @Test
    void aLogCannotBreakOutOfASearch() {
        Detection detection = Detection.newBuilder(Stories.executed())
                .setHost("ws\" or \"1\\")
                .build();

        assertThat(question(detection, "Q8").getWhereToLook()).startsWith("host.name: \"ws\\\" or \\\"1\\\\\" and ");
    }

    @Test
    void saysWhatTheSensorHoldsOfASignature() {
        assertThat(signature("Contoso Ltd", SignatureStatus.VALID))
                .endsWith(" is signed by Contoso Ltd; the sensor says that the signature is valid.");
        assertThat(signature("Contoso Ltd", SignatureStatus.REVOKED))
                .endsWith(" is signed by Contoso Ltd; the sensor says that the signature is revoked.");
        assertThat(signature("Contoso Ltd", SignatureStatus.UNKNOWN))
                .endsWith(" is signed by Contoso Ltd, which the sensor did not check.");
        assertThat(signature(null, SignatureStatus.UNSIGNED)).endsWith(" is not signed.");
    }

    private static String signature(@Nullable String subject, SignatureStatus status) {
        return question(withSignature(new CodeSignature(null, null, subject, status, null), null), "Q7")
                .getAnswer();
    }

    private static Detection signed(@Nullable String team, @Nullable String publisher) {
        return withSignature(new CodeSignature("us.zoom.xos", team, null, SignatureStatus.UNKNOWN, null), publisher);
    }

    private static Detection withSignature(CodeSignature signature, @Nullable String publisher) {
        List<StageEvidence> evidence = new ArrayList<>(Stories.executed().getEvidence());
        StageEvidence run = evidence.removeLast();
        Evidence.Builder signed = Evidence.newBuilder(run.getEvidence())
                .setProcess(ProcessRisk.newBuilder(run.getEvidence().getProcess())
                        .setPublisher(publisher)
                        .build());
        Event event = Event.newBuilder(run.getEvidence().getEvent())
                .setProcess(Process.newBuilder(run.getEvidence().getEvent().getProcess())
                        .setCodeSignature(signature)
                        .build())
                .build();
        evidence.add(new StageEvidence(run.getStage(), signed.setEvent(event).build()));
        return Detection.newBuilder(Stories.executed()).setEvidence(evidence).build();
    }

    private static AnalystQuestion question(Detection detection, String id) {
        return Stories.alert(detection).getAnalystQuestions().stream()
                .filter(question -> question.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
