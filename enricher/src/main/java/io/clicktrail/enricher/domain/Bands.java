package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.RiskBand;

/** The bands that scores fall into. */
final class Bands {

    private Bands() {}

    /** The band of a score from 0 to 100. */
    static RiskBand of(int score) {
        if (score >= 90) {
            return RiskBand.KNOWN_BAD;
        }
        if (score >= 70) {
            return RiskBand.VERY_HIGH;
        }
        if (score >= 50) {
            return RiskBand.HIGH;
        }
        return score >= 30 ? RiskBand.SUSPICIOUS : RiskBand.ORDINARY;
    }
}
