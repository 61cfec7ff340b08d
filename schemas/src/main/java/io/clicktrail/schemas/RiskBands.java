package io.clicktrail.schemas;

import io.clicktrail.evidence.RiskBand;

/**
 * Where the bands of a domain score (0-100) begin. Whoever grades by score compares with these and not with numbers of
 * their own.
 */
public final class RiskBands {

    /** From here on a score is suspicious. */
    public static final int SUSPICIOUS = 30;

    /** From here on a score is high. */
    public static final int HIGH = 50;

    /** From here on a score is very high. */
    public static final int VERY_HIGH = 70;

    /** From here on a score says that the domain is known to be bad. */
    public static final int KNOWN_BAD = 90;

    private RiskBands() {}

    /** The band of a score from 0 to 100. */
    public static RiskBand of(int score) {
        if (score >= KNOWN_BAD) {
            return RiskBand.KNOWN_BAD;
        }
        if (score >= VERY_HIGH) {
            return RiskBand.VERY_HIGH;
        }
        if (score >= HIGH) {
            return RiskBand.HIGH;
        }
        return score >= SUSPICIOUS ? RiskBand.SUSPICIOUS : RiskBand.ORDINARY;
    }
}
