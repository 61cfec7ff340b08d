package io.clicktrail.enricher.domain;

import io.clicktrail.enricher.lists.DataList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prior of a top-level domain: how much more of it is malicious than of .com. A small part, never a verdict. */
final class TldRisk {

    private static final int LEAST = -6;
    private static final int MOST = 20;
    private static final int TWO_SOURCES = 2;

    private final Map<String, Prior> priors;
    private final String version;

    private TldRisk(Map<String, Prior> priors, String version) {
        this.priors = Map.copyOf(priors);
        this.version = version;
    }

    static TldRisk bundled() {
        return of(DataList.bundled("domain/tld-risk-2026-06.csv", ','));
    }

    static TldRisk of(DataList list) {
        Map<String, Prior> priors = new HashMap<>();
        for (var row : list.rows()) {
            double ratio = Double.parseDouble(row.get(2));
            int sources = DataList.words(row.get(4)).size();
            priors.put(
                    row.getFirst(),
                    new Prior(
                            points(ratio),
                            "." + row.getFirst() + " is " + row.get(1) + ", " + row.get(2) + " times .com"
                                    + (sources < TWO_SOURCES ? " by one source" : "")));
        }
        return new TldRisk(priors, list.version());
    }

    /** Points of a ratio to .com, from -6 to 20. */
    static int points(double ratioToCom) {
        if (ratioToCom <= 0) {
            return LEAST;
        }
        long points = Math.round(6 * Math.log(ratioToCom) / Math.log(2));
        return (int) Math.clamp(points, LEAST, MOST);
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
