package io.clicktrail.correlator.chain;

import io.clicktrail.detection.LinkGrade;
import java.util.Comparator;

/**
 * A link between two members of a chain.
 *
 * @param elsewhere whether it begins at a click of another place than the chain's
 */
public record ChainLink(ChainMember from, ChainMember to, LinkGrade grade, boolean elsewhere) {

    /**
     * Best first: not of a click of another place, since that leaves the evidence once one of the place is there; then
     * strength, nearness of the stages, the earliest. Fixed for each link, so arrival can't matter.
     */
    static final Comparator<ChainLink> BEST_FIRST = Comparator.comparing(ChainLink::elsewhere)
            .thenComparing(ChainLink::grade)
            .thenComparing(link -> link.from().stage(), Comparator.reverseOrder())
            .thenComparing(ChainLink::to)
            .thenComparing(ChainLink::from);
}
