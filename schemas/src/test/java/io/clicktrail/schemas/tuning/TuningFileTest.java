package io.clicktrail.schemas.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Platform;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.Tuning;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TuningFileTest {

    private static final TuningRules NO_MORE = document -> List.of();

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
        assertThat(document.getAllowedCdns())
                .containsExactly(new AllowEntry(
                        "cdn.vendor.com",
                        AllowScope.WHOLE_CHAIN,
                        "soc",
                        "ours",
                        Instant.parse("2027-01-01T00:00:00Z")));
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
                "platform: WINDOWS~version: 1~TimeWindow: soon|3|TimeWindow: expected a duration",
                "platform: WINDOWS~version: 1~TimeWindow: PT48H|3|TimeWindow: must be from PT0.001S to PT24H "
                        + "but is PT48H",
                "platform: WINDOWS~version: 1~~DomainRiskScore: 101|4|DomainRiskScore: must be from 1 to 100 "
                        + "but is 101",
                "platform: WINDOWS~version: 1~DomainRiskScore: high|3|expected a whole number",
                "platform: WINDOWS~version: 1~Timewindow: PT1M|3|unknown key",
                "platform: WINDOWS~version: 1~UserPaths: C:\\x|3|expected a list",
                "platform: WINDOWS~version: 1~QuarantinePolicy: MAYBE|3|MAYBE is none of [IGNORE, ALERT_IF_MISSING]",
                "platform: WINDOWS~version: 1~version: 2|3|given twice",
                "platform: WINDOWS~version: 1~AllowedCDNs:~  - {pattern: a.com, owner: a, reason: "
                        + "b}|4|expires: missing",
                "platform: WINDOWS~version: 1~AllowedCDNs:~  - {pattern: a.com, owner: a, reason: b, expires: "
                        + "never}|4|expected a time",
                "platform: WINDOWS~version: 1~AllowedCDNs:~  - {pattern: a.com, owner: a, reason: b, colour: "
                        + "red, expires: 2027-01-01T00:00:00Z}|4|unknown key",
                "- a|1|expected keys and values",
                "a: [|1|expected the node content",
                "!!java.net.URL [http://x]|1|Global tag is not allowed"
            })
    void refusesWithFileLineAndReason(String text, int line, String reason) {
        TuningResult result = TuningFile.parse("t.yaml", text.replace('~', '\n'), NO_MORE);
        assertThat(result).isInstanceOfSatisfying(TuningResult.Invalid.class, invalid -> {
            assertThat(invalid.file()).isEqualTo("t.yaml");
            assertThat(invalid.reason()).contains(reason);
            assertThat(invalid.line()).isEqualTo(line);
            assertThat(invalid).hasToString("t.yaml:" + line + ": " + invalid.reason());
        });
    }

    @Test
    void namesTheLineOfTheEntryThatAServicesOwnRuleRefuses() {
        TuningRules second = document -> List.of(TuningProblem.ofEntry("UserPaths", 1, "is a root"));

        assertThat(TuningFile.parse(
                        "t.yaml", "platform: LINUX\nversion: 1\nUserPaths:\n  - /a\n  - /\nGrace: PT1M\n", second))
                .hasToString("t.yaml:5: UserPaths: is a root");
    }

    @Test
    void refusesBillionLaughsAndDeepNesting() {
        String bomb = "platform: WINDOWS\nversion: 1\nUserPaths: &a [x]\nOwnDomains: [*a, *a]\n";
        assertThat(TuningFile.parse("t", bomb, NO_MORE)).isInstanceOf(TuningResult.Invalid.class);
        assertThat(TuningFile.parse("t", "[".repeat(10_000), NO_MORE)).isInstanceOf(TuningResult.Invalid.class);
        assertThat(TuningFile.parse("t", "", NO_MORE)).isInstanceOf(TuningResult.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"it's \"mine\" \\ 1", "1.0", "no", "# 1", "a: b", "2026-11-21", "tab\tbell\u0007", "ünïcode 😀"})
    void readsBackWhatItWrites(String version) {
        for (Platform platform : BuiltInTuning.PLATFORMS) {
            Tuning document = BuiltInTuning.builder(platform)
                    .setVersion(version)
                    .setUserPaths(List.of("D:\\Exchange\\*", "*", "&x", "{a"))
                    .setSuspiciousTlds(List.of("no", "zip", "null", "10"))
                    .build();
            assertThat(TuningFile.parse("t.yaml", TuningFile.write(document), NO_MORE))
                    .isEqualTo(new TuningResult.Valid(document));
        }
    }

    @Test
    void writesOneKeyAfterTheOtherAsAuthorsWould() {
        assertThat(TuningFile.write(BuiltInTuning.builder(Platform.MACOS)
                        .setVersion("corp-7")
                        .setUserPaths(List.of("/Users/Shared/*", "/Volumes/*"))
                        .setAllowedCdns(List.of(new AllowEntry(
                                "*.corp.example",
                                AllowScope.EGRESS_STAGE,
                                "soc",
                                "ours",
                                Instant.parse("2027-05-01T00:00:00Z"))))
                        .build()))
                .startsWith("""
                        platform: MACOS
                        version: corp-7
                        TimeWindow: PT30M
                        """)
                .contains("""
                        UserPaths:
                          - /Users/Shared/*
                          - /Volumes/*
                        SuspiciousTLDs: []
                        AllowedCDNs:
                          - pattern: '*.corp.example'
                            scope: EGRESS_STAGE
                            owner: soc
                            reason: ours
                            expires: '2027-05-01T00:00:00Z'
                        HighRiskExtensions: []
                        """)
                .doesNotContain("&", "!!");
    }

    private static Tuning valid(String text) {
        TuningResult result = TuningFile.parse("t.yaml", text, NO_MORE);
        if (result instanceof TuningResult.Valid read) {
            return read.document();
        }
        throw new AssertionError(result.toString());
    }
}
