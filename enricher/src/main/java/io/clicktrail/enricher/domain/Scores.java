package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.RiskBand;
import io.clicktrail.evidence.ScorePart;
import java.util.List;

/**
 * Adds parts to a score: within each group up to its cap, over all groups from 0 to 100. Intel adds nothing but a floor. Order
 * plays no role.
 */
public final class Scores {

    private static final int GROUPS = PartGroup.values().length;

    private Scores() {}

    /** @throws IllegalArgumentException for a part that the enricher does not know */
    public static int total(List<ScorePart> parts) {
        int[] raising = new int[GROUPS];
        int lowering = 0;
        int floor = 0;
        for (ScorePart scored : parts) {
            Part part = Part.ofLabel(scored.getName());
            if (part == null) {
                throw new IllegalArgumentException("unknown part " + scored.getName());
            }
            if (part.group == PartGroup.INTEL) {
                floor = Math.max(floor, scored.getPoints());
            } else if (scored.getPoints() > 0) {
                raising[part.group.ordinal()] += scored.getPoints();
            } else {
                lowering += scored.getPoints();
            }
        }
        int total = lowering;
        for (PartGroup group : PartGroup.values()) {
            total += Math.min(group.cap, raising[group.ordinal()]);
        }
        return Math.clamp(Math.max(total, floor), 0, 100);
    }

    /** The band of a score from 0 to 100. */
    public static RiskBand band(int score) {
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
