package io.clicktrail.enricher.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.event.Platform;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.schemas.tuning.TuningFile;
import io.clicktrail.schemas.tuning.TuningResult;
import io.clicktrail.tuning.Tuning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningTableTest {

    @Test
    void keepsTheOldTuningWhenANewOneIsInvalid() {
        var table = new TuningTable(TestTunings.CATALOGUES);
        Tuning good = BuiltInTuning.builder(Platform.WINDOWS).setVersion("good").build();
        Tuning bad =
                Tuning.newBuilder(good).setVersion("bad").setDomainRiskScore(0).build();
        assertThat(table.offer(good)).isEmpty();
        assertThat(table.offer(bad)).containsExactly("DomainRiskScore: must be from 1 to 100 but is 0");
        assertThat(table.of(Platform.WINDOWS).document().getVersion()).isEqualTo("good");
        table.reset(Platform.WINDOWS);
        assertThat(table.of(Platform.WINDOWS).document().getVersion()).startsWith("builtin-");
    }

    @Test
    void takesTheBuiltInDocumentsAsTheyAre() {
        var table = new TuningTable(TestTunings.CATALOGUES);
        for (Platform platform : BuiltInTuning.PLATFORMS) {
            assertThat(table.of(platform).document()).isEqualTo(BuiltInTuning.of(platform));
            assertThat(table.offer(BuiltInTuning.of(platform))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OwnDomains: [contoso]|3|OwnDomains: contoso is no domain",
                "OwnDomains:~  - contoso.com~  - contoso|5|OwnDomains: contoso is no domain",
                "AllowedCDNs:~  - {pattern: '*.pages.dev', owner: a, reason: b, expires: "
                        + "2027-01-01T00:00:00Z}|4|public suffix",
                "AllowedCDNs:~  - {pattern: bit.ly, owner: a, reason: b, expires: 2027-01-01T00:00:00Z}|4|shortener"
            })
    void refusesNamesThatMayNotBeAllowedOrAreNone(String text, int line, String reason) {
        assertThat(TuningFile.parse(
                        "t.yaml",
                        "platform: WINDOWS\nversion: 1\n" + text.replace('~', '\n'),
                        TestTunings.CATALOGUES.rules()))
                .isInstanceOfSatisfying(TuningResult.Invalid.class, invalid -> {
                    assertThat(invalid.file()).isEqualTo("t.yaml");
                    assertThat(invalid.line()).isEqualTo(line);
                    assertThat(invalid.reason()).contains(reason);
                });
    }
}
