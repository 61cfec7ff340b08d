package io.clicktrail.engine.explain;

import io.clicktrail.correlator.decision.ChainWeights;
import io.clicktrail.correlator.decision.DecisionPartKind;
import io.clicktrail.detection.Decision;
import io.clicktrail.detection.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A chain that was considered.
 *
 * @param detection the chain with the parts of its strongest path, which it has whether or not they were enough
 * @param threshold ChainScore that was in force
 * @param emitted whether it became a detection
 */
public record JudgedChain(Detection detection, int threshold, boolean emitted) {

    public Decision decision() {
        return Objects.requireNonNull(detection.getDecision(), "a detection of this release has a decision");
    }

    /** Points by which it missed the threshold; 0 or less where it did not. */
    public int shortfall() {
        return threshold - decision().getScore();
    }

    /** The parts that took points away, the worst first. */
    public List<io.clicktrail.detection.DecisionPart> lowering() {
        return decision().getParts().stream()
                .filter(part -> part.getPoints() < 0)
                .sorted(Comparator.comparingInt(io.clicktrail.detection.DecisionPart::getPoints))
                .toList();
    }

    /** Parts that are not there and of which each alone would have been enough, the smallest first. */
    public List<DecisionPartKind> wouldDo() {
        var known = decision().getParts().stream()
                .map(io.clicktrail.detection.DecisionPart::getName)
                .toList();
        var weights = ChainWeights.builtIn();
        var enough = new ArrayList<DecisionPartKind>();
        for (DecisionPartKind part : DecisionPartKind.values()) {
            boolean raises = part != DecisionPartKind.DOMAIN_SCORE
                    && part != DecisionPartKind.STRONG_PLACE
                    && weights.points(part) >= shortfall();
            if (raises && shortfall() > 0 && !known.contains(part.label())) {
                enough.add(part);
            }
        }
        enough.sort(Comparator.comparingInt(weights::points));
        return enough;
    }
}
