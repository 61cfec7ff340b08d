package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TldRiskTest {

    private final TldRisk risk = TestTunings.CATALOGUES.domains().tlds;

    @ParameterizedTest
    @CsvSource({
        "sbs,20",
        "cfd,20",
        "cc,20",
        "bond,18",
        "icu,16",
        "top,14",
        "monster,14",
        "pro,13",
        "shop,10",
        "xyz,10",
        "site,9",
        "online,6",
        "com,0",
        "org,-1",
        "de,-6",
        "gov,-6",
        "uk,-6",
        "onion,14"
    })
    void derivesPointsFromTheRatioToCom(String tld, int points) {
        assertThat(prior(tld).points()).isEqualTo(points);
    }

    @Test
    void saysWhenOneSourceStandsAlone() {
        assertThat(prior("monster").evidence()).endsWith("by one source");
        assertThat(prior("top").evidence()).doesNotContain("one source");
    }

    @Test
    void isNeverAVerdictAlone() {
        assertThat(TldRisk.points(1_000, TestTunings.CATALOGUES.domains().weights))
                .isLessThan(30);
    }

    private TldRisk.Prior prior(String tld) {
        return Objects.requireNonNull(risk.of(tld), tld);
    }

    @Test
    void keepsTheDateOfItsFacts() {
        assertThat(risk.version()).isEqualTo("2026-06-30");
    }
}
