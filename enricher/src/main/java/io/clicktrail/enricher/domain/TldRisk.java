package io.clicktrail.enricher.domain;

import io.clicktrail.schemas.lists.DataList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prior of a top-level domain: how much more of it is malicious than of .com. A small part, never a verdict. */
final class TldRisk {

    private static final int TWO_SOURCES = 2;

    private final Map<String, Prior> priors;
    private final String version;

    private TldRisk(Map<String, Prior> priors, String version) {
        this.priors = Map.copyOf(priors);
        this.version = version;
    }

    static TldRisk of(DataList list, ScoreWeights weights) {
        Map<String, Prior> priors = new HashMap<>();
        list.forEach(row -> {
            int sources = row.words(4).size();
            priors.put(
                    row.text(0),
                    new Prior(
                            points(row.number(2), weights),
                            "." + row.text(0) + " is " + row.text(1) + ", " + row.text(2) + " times .com"
                                    + (sources < TWO_SOURCES ? " by one source" : "")));
        });
        return new TldRisk(priors, list.version());
    }

    /**
     * Points of a ratio to .com: so many for each doubling, at most the cap of the group; as many off for a half or
     * less.
     */
    static int points(double ratioToCom, ScoreWeights weights) {
        int doubling = weights.points(ScoreFactor.TLD);
        if (ratioToCom <= 0) {
            return -doubling;
        }
        long points = Math.round(doubling * Math.log(ratioToCom) / Math.log(2));
        return (int) Math.clamp(points, -doubling, Math.max(-doubling, weights.cap(ScoreFactorGroup.SUFFIX)));
    }

    @Nullable
    Prior of(String tld) {
        return priors.get(tld);
    }

    String version() {
        return version;
    }

    /** @param evidence in words */
    record Prior(int points, String evidence) {}
}
