package io.clicktrail.enricher.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clicktrail.enricher.TestTunings;
import io.clicktrail.event.Platform;
import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.QuarantinePolicy;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningFileTest {

    @ParameterizedTest
    @CsvSource({"WINDOWS,15,30,IGNORE", "LINUX,20,70,IGNORE", "MACOS,30,30,ALERT_IF_MISSING"})
    void shipsMitresValues(Platform platform, long window, int score, QuarantinePolicy policy) {
        Tuning document = TestTunings.builtIn(platform).document();
        assertThat(Duration.ofMillis(document.getTimeWindowMs())).isEqualTo(Duration.ofMinutes(window));
        assertThat(Duration.ofMillis(document.getFollowOnMs())).isEqualTo(Duration.ofMinutes(60));
        assertThat(Duration.ofMillis(document.getSkewMs())).isEqualTo(Duration.ofMinutes(2));
        assertThat(Duration.ofMillis(document.getGraceMs())).isEqualTo(Duration.ofMinutes(10));
        assertThat(document.getDomainRiskScore()).isEqualTo(score);
        assertThat(document.getQuarantinePolicy()).isEqualTo(policy);
    }

    @Test
    void readsEveryKeyAndKeepsTheBuiltInValueOfTheOthers() {
        Tuning document = valid("""
                platform: WINDOWS
                version: soc-7
                TimeWindow: PT10M
                BrowserParents: [intranet.exe]
                UserPaths: ['C:\\Transfer']
                SuspiciousTLDs: [zip]
                AllowedCDNs:
                  - pattern: cdn.vendor.com
                    scope: WHOLE_CHAIN
                    owner: soc
                    reason: ours
                    expires: 2027-01-01T00:00:00Z
                HighRiskExtensions: [pdf]
                OwnDomains: [contoso.com]
                ProtectedBrands: [fabrikam]
                """);
        assertThat(document.getVersion()).isEqualTo("soc-7");
        assertThat(document.getTimeWindowMs()).isEqualTo(600_000);
        assertThat(document.getFollowOnMs()).isEqualTo(3_600_000);
        assertThat(document.getAllowedCdns()).hasSize(1);
        assertThat(document.getAllowedCdns().getFirst().getScope()).isEqualTo(AllowScope.WHOLE_CHAIN);
        assertThat(document.getUserPaths()).isEqualTo(List.of("C:\\Transfer"));
        assertThat(document.getOwnDomains()).isEqualTo(List.of("contoso.com"));
    }

    @Test
    void readsJsonToo() {
        assertThat(valid("{\"platform\": \"LINUX\", \"version\": \"1\", \"DomainRiskScore\": 40}")
                        .getDomainRiskScore())
                .isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "platform: WINDOWS|1|version: missing",
                "version: 1|1|platform: missing",
                "platform: BEOS~version: 1|1|is none of",
                "platform: UNKNOWN~version: 1|1|one of WINDOWS, LINUX, MACOS",
                "platform: WINDOWS~version: 1~TimeWindow: soon|3|expected a duration",
                "platform: WINDOWS~version: 1~TimeWindow: PT48H|3|from PT0.001S to PT24H",
                "platform: WINDOWS~version: 1~~DomainRiskScore: 101|4|from 1 to 100",
                "platform: WINDOWS~version: 1~DomainRiskScore: high|3|expected a whole number",
                "platform: WINDOWS~version: 1~Timewindow: PT1M|3|unknown key",
                "platform: WINDOWS~version: 1~UserPaths: C:\\x|3|expected a list",
                "platform: WINDOWS~version: 1~version: 2|3|given twice",
                "platform: WINDOWS~version: 1~OwnDomains: [contoso]|3|is no domain",
                "platform: WINDOWS~version: 1~AllowedCDNs:~  - {pattern: '*.pages.dev', owner: a, reason: b, expires: 2027-01-01T00:00:00Z}|4|public suffix",
                "platform: WINDOWS~version: 1~AllowedCDNs:~  - {pattern: bit.ly, owner: a, reason: b, expires: 2027-01-01T00:00:00Z}|4|shortener",
                "platform: WINDOWS~version: 1~AllowedCDNs:~  - {pattern: a.com, owner: a, reason: b}|4|expires: missing",
                "platform: WINDOWS~version: 1~AllowedCDNs:~  - {pattern: a.com, owner: a, reason: b, expires: never}|4|expected a time",
                "platform: WINDOWS~version: 1~AllowedCDNs:~  - {pattern: a.com, owner: a, reason: b, colour: red, expires: 2027-01-01T00:00:00Z}|4|unknown key",
                "- a|1|expected keys and values",
                "a: [|1|expected the node content",
                "!!java.net.URL [http://x]|1|Global tag is not allowed"
            })
    void refusesWithFileLineAndReason(String text, int line, String reason) {
        TuningReading reading = TuningFile.parse("t.yaml", text.replace('~', '\n'), TestTunings.CATALOGUES);
        assertThat(reading).isInstanceOfSatisfying(TuningReading.Invalid.class, invalid -> {
            assertThat(invalid.file()).isEqualTo("t.yaml");
            assertThat(invalid.reason()).contains(reason);
            assertThat(invalid.line()).isEqualTo(line);
        });
    }

    @Test
    void refusesBillionLaughsAndDeepNesting() {
        String bomb = "platform: WINDOWS\nversion: 1\nUserPaths: &a [x]\nOwnDomains: [*a, *a]\n";
        assertThat(TuningFile.parse("t", bomb, TestTunings.CATALOGUES)).isInstanceOf(TuningReading.Invalid.class);
        assertThat(TuningFile.parse("t", "[".repeat(10_000), TestTunings.CATALOGUES))
                .isInstanceOf(TuningReading.Invalid.class);
        assertThat(TuningFile.parse("t", "", TestTunings.CATALOGUES)).isInstanceOf(TuningReading.Invalid.class);
    }

    @Test
    void keepsTheOldTuningWhenANewOneIsInvalid() {
        var table = new TuningTable(TestTunings.CATALOGUES);
        Tuning good = Tuning.newBuilder(table.of(Platform.WINDOWS).document())
                .setVersion("good")
                .build();
        Tuning bad =
                Tuning.newBuilder(good).setVersion("bad").setDomainRiskScore(0).build();
        assertThat(table.offer(good)).isEmpty();
        assertThat(table.offer(bad)).containsExactly("DomainRiskScore: from 1 to 100");
        assertThat(table.of(Platform.WINDOWS).document().getVersion()).isEqualTo("good");
        table.reset(Platform.WINDOWS);
        assertThat(table.of(Platform.WINDOWS).document().getVersion()).startsWith("builtin-");
    }

    private static Tuning valid(String text) {
        TuningReading reading = TuningFile.parse("t.yaml", text, TestTunings.CATALOGUES);
        if (reading instanceof TuningReading.Valid read) {
            return read.document();
        }
        throw new AssertionError(reading.toString());
    }

    @Test
    void readsBackWhatItWrites() {
        for (Tuning builtIn : TuningFile.builtIn(TestTunings.CATALOGUES)) {
            Tuning document = Tuning.newBuilder(builtIn)
                    .setVersion("it's \"mine\" \\ 1")
                    .setUserPaths(List.of("D:\\Exchange\\*"))
                    .build();
            assertThat(TuningFile.parse("t.yaml", TuningFile.write(document), TestTunings.CATALOGUES))
                    .isEqualTo(new TuningReading.Valid(document));
        }
    }

    @Test
    void namesEveryKeyInTheJsonSchema() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(TuningFile.jsonSchema());
        String written =
                TuningFile.write(TuningFile.builtIn(TestTunings.CATALOGUES).getFirst());
        assertThat(schema.path("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(written.lines()
                        .filter(line -> !line.startsWith(" "))
                        .map(line -> line.substring(0, line.indexOf(':')))
                        .toList());
    }
}
