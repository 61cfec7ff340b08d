package io.clicktrail.correlator.chain;

import io.clicktrail.detection.LinkGrade;
import java.util.Comparator;

/** A link between two members of a chain. */
public record ChainLink(ChainMember from, ChainMember to, LinkGrade grade) {

    /**
     * Best first: strength, nearness of the stages, then the earliest. Fixed for each link, so arrival can't matter.
     */
    static final Comparator<ChainLink> BEST_FIRST = Comparator.comparing(ChainLink::grade)
            .thenComparing(link -> link.from().stage(), Comparator.reverseOrder())
            .thenComparing(ChainLink::to)
            .thenComparing(ChainLink::from);
}
