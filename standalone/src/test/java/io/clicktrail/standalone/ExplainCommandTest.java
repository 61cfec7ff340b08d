package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
    private static final Path LOGS = Path.of("src/test/resources/detections");

    @Test
    void aDocumentIsNoCaseForItsKindAndSaysWhichThresholdWouldMakeItOne() {
        String text = explain("newsletter-document.log", "--learning", "0s", "--host", "mkt-ws02");

        assertThat(text)
                .contains("no case ", "spring-fair.events")
                .contains("harmless_file           -40")
                .contains("decided by: the sum is 38 below ChainScore; harmless_file takes 40")
                .contains("smallest change: ChainScore: 22    # is 60")
                .contains("would emit it (tried on these logs)");
    }

    @Test
    void aCaseSaysWhatEachPartIsWorthAndWhichEntryWouldSilenceIt() {
        String text = explain("installer-not-run.log", "--learning", "0s");

        assertThat(text)
                .contains("case ", "viewer-update.buzz")
                .contains("CLICK to EGRESS: SAME_PROCESS")
                .contains("click_same_place         15")
                .contains("smallest change: AllowedCDNs: [{pattern: viewer-update.buzz, scope: DOMAIN_SCORE")
                .contains("(tried on these logs)");
    }

    @Test
    void whatHappensAtAKnownPlaceIsNoChain() {
        String text = explain(
                "known-partner.log", "--seen", LOGS.resolve("partners.txt").toString());

        assertThat(text).contains("no chain was considered", "1 click, 1 egress, 1 write");
    }

    @Test
    void aCaseOfAFileNeedsItsId() {
        var captured = new Captured();

        assertThat(captured.run("explain")).isEqualTo(2);
        assertThat(captured.messages()).contains("--case names the case");
    }

    private static String explain(String log, String... options) {
        var captured = new Captured();
        String[] arguments = new String[options.length + 2];
        arguments[0] = "explain";
        arguments[1] = LOGS.resolve(log).toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        assertThat(captured.run(arguments)).as(captured.messages()).isZero();
        return captured.results();
    }
}
