package io.clicktrail.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.evidence.RiskBand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiskBandsTest {

    @ParameterizedTest
    @CsvSource({
        "0, ORDINARY",
        "29, ORDINARY",
        "30, SUSPICIOUS",
        "49, SUSPICIOUS",
        "50, HIGH",
        "69, HIGH",
        "70, VERY_HIGH",
        "89, VERY_HIGH",
        "90, KNOWN_BAD",
        "100, KNOWN_BAD"
    })
    void aBandBeginsWithItsLeastScore(int score, RiskBand band) {
        assertThat(RiskBands.of(score)).isEqualTo(band);
    }
}
