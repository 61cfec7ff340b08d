package io.clicktrail.standalone.detectiontest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alerter.render.CaseText;
import io.clicktrail.alerter.render.TextStyle;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The demo's story on Windows says what an analyst asks for first: yes, no, or what would be needed to know. */
class DemoAnswersTest {

    private static final Path DEMO = Path.of("src/main/resources/io/clicktrail/standalone/demo");
    private static final Path ANSWERS =
            Path.of("src/test/resources/io/clicktrail/standalone/detectiontest/demo-answers.txt");
    private static final Set<String> ASKED_FIRST = Set.of("Q2", "Q4", "Q5", "Q7", "Q8", "Q11", "Q14", "Q16");

    @Test
    void theWindowsCaseAnswersWhatIsAskedFirst() throws Exception {
        Alert alert = windows();

        assertThat(alert.getAlertId()).startsWith("9e9aa1ff");
        assertThat(alert.getAnalystQuestions().stream()
                        .filter(question -> ASKED_FIRST.contains(question.getId()))
                        .map(DemoAnswersTest::said)
                        .collect(Collectors.joining("\n")))
                .isEqualTo(Files.readString(ANSWERS).strip());
    }

    @Test
    void theTextShowsEachAnswerAndWhatIsNotKnown() throws Exception {
        Alert alert = windows();
        String text = CaseText.of(alert, TextStyle.PLAIN).replaceAll("\\s+", " ");

        for (AnalystQuestion question : alert.getAnalystQuestions()) {
            String shown = question.getAnswer() == null
                    ? "Needs: " + String.join("; ", question.getMissingTelemetry())
                    : question.getAnswer();
            assertThat(text).as(question.getId()).contains(shown.replaceAll("\\s+", " "));
        }
    }

    private static String said(AnalystQuestion question) {
        return question.getId() + ": "
                + (question.getAnswer() == null ? "not known" : question.getAnswer())
                + (question.getMissingTelemetry().isEmpty()
                        ? ""
                        : " Needs: " + String.join("; ", question.getMissingTelemetry()) + ".");
    }

    private static Alert windows() throws Exception {
        var tests = new DetectionTests(Catalogues.bundled(), new EventTimeReader(), Stack.MAX_RECORD_BYTES);
        var test = new DetectionTest(
                "demo",
                DEMO,
                List.of(DEMO.resolve("windows"), DEMO.resolve("linux"), DEMO.resolve("macos")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                DEMO.resolve("known-domains.txt"),
                Duration.ZERO,
                List.of());
        return tests.cases(test, event -> {}).stream()
                .filter(alert -> alert.getDevice().getHostname().startsWith("ws-0142"))
                .findFirst()
                .orElseThrow();
    }
}
