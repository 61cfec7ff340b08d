package io.clicktrail.correlator.decision;

import java.util.ArrayList;

/**
 * The parts of one path as they are found; an int each for the parts and for the domain's score, so that the matcher
 * can try every path without making objects.
 *
 * @param domainScore 0-100
 * @param parts bit {@code 1 << ordinal} of each {@link DecisionPartKind}
 */
public record Tally(int domainScore, int parts) {

    private static final DecisionPartKind[] PARTS = DecisionPartKind.values();
    private static final int MAX_SCORE = 100;

    /** The bit of a part. */
    public static int bit(DecisionPartKind part) {
        return 1 << part.ordinal();
    }

    /** This tally with one part more. */
    public Tally with(DecisionPartKind part) {
        return new Tally(domainScore, parts | bit(part));
    }

    /** This tally with one part in place of another. */
    public Tally with(DecisionPartKind part, DecisionPartKind without) {
        return new Tally(domainScore, parts & ~bit(without) | bit(part));
    }

    /** This tally without one part. */
    public Tally without(DecisionPartKind part) {
        return new Tally(domainScore, parts & ~bit(part));
    }

    public boolean has(DecisionPartKind part) {
        return (parts & bit(part)) != 0;
    }

    /** Sum of all parts, 0-100. */
    public int score(ChainWeights weights) {
        return Math.clamp(sum(weights), 0, MAX_SCORE);
    }

    private int sum(ChainWeights weights) {
        int sum = domainScore;
        for (int rest = parts; rest != 0; rest &= rest - 1) {
            sum += weights.points(PARTS[Integer.numberOfTrailingZeros(rest)]);
        }
        return sum;
    }

    /**
     * The verdict with every part and its points.
     *
     * @param threshold score from which on a chain is a detection
     * @param isStrong whether the place alone makes it one; then the score is at least the threshold
     */
    public ChainVerdict verdict(ChainWeights weights, int threshold, boolean isStrong) {
        var scored = new ArrayList<ChainVerdict.Scored>();
        scored.add(new ChainVerdict.Scored(DecisionPartKind.DOMAIN_SCORE, domainScore));
        for (int rest = parts; rest != 0; rest &= rest - 1) {
            var part = PARTS[Integer.numberOfTrailingZeros(rest)];
            scored.add(new ChainVerdict.Scored(part, weights.points(part)));
        }
        int sum = sum(weights);
        if (isStrong && sum < threshold) {
            scored.add(new ChainVerdict.Scored(DecisionPartKind.STRONG_PLACE, threshold - sum));
            sum = threshold;
        }
        return new ChainVerdict(Math.clamp(sum, 0, MAX_SCORE), threshold, scored, weights.version());
    }
}
