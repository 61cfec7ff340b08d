package io.clicktrail.correlator.chain;

import io.clicktrail.detection.LinkGrade;
import java.util.Comparator;

/** A link between two members of a case. */
public record Tie(Member from, Member to, LinkGrade grade) {

    /** Best first: strength, nearness of the stages, then the earliest. Fixed for each tie, so arrival can't matter. */
    static final Comparator<Tie> BEST_FIRST = Comparator.comparing(Tie::grade)
            .thenComparing(tie -> tie.from().stage(), Comparator.reverseOrder())
            .thenComparing(Tie::to)
            .thenComparing(Tie::from);
}
