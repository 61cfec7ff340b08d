package io.clicktrail.correlator.decision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one path of a chain is worth: the click, egress, write and execution that together score highest.
 *
 * @param score sum of the parts, clamped to 0-100
 * @param threshold ChainScore that was in force, 0-100
 * @param parts in the order of {@link DecisionPartKind}
 * @param weightsVersion of the weights; empty where there is no verdict
 */
public record ChainVerdict(int score, int threshold, List<Scored> parts, String weightsVersion) {

    private static final int MAX_SCORE = 100;

    /** The verdict on nothing: less than any other. */
    public static final ChainVerdict NONE = new ChainVerdict(0, 0, List.of(), "");

    /**
     * Highest sum first, beyond 100 too and without the lift of a strong place, since a path only gains as more becomes
     * known of it; then the parts, so that of two paths the same one is shown whatever the order in which they were
     * found.
     */
    private static final Comparator<ChainVerdict> ORDER = Comparator.comparing(
                    (ChainVerdict verdict) -> !verdict.parts.isEmpty())
            .thenComparingInt(ChainVerdict::sum)
            .thenComparing(ChainVerdict::bits)
            .thenComparingInt(ChainVerdict::firstPoints)
            .thenComparing(ChainVerdict::weightsVersion);

    /** A part with its points. */
    public record Scored(DecisionPartKind part, int points) {}

    public ChainVerdict {
        parts = List.copyOf(parts);
    }

    /** The stronger of two. */
    public ChainVerdict or(ChainVerdict other) {
        return ORDER.compare(this, other) >= 0 ? this : other;
    }

    /**
     * This verdict with one part more; itself where it has that part. A strong place lifts it no further than to the
     * threshold.
     */
    public ChainVerdict with(DecisionPartKind part, int points) {
        for (var scored : parts) {
            if (scored.part() == part) {
                return this;
            }
        }
        int sum = sum() + points;
        var more = new ArrayList<Scored>(parts.size() + 1);
        more.addAll(parts);
        more.removeIf(scored -> scored.part() == DecisionPartKind.STRONG_PLACE);
        more.add(new Scored(part, points));
        if (more.size() == parts.size() && sum < threshold) {
            more.add(new Scored(DecisionPartKind.STRONG_PLACE, threshold - sum));
            sum = threshold;
        }
        more.sort(Comparator.comparing(Scored::part));
        return new ChainVerdict(Math.clamp(sum, 0, MAX_SCORE), threshold, more, weightsVersion);
    }

    private int sum() {
        int sum = 0;
        for (var scored : parts) {
            sum += scored.part() == DecisionPartKind.STRONG_PLACE ? 0 : scored.points();
        }
        return sum;
    }

    private int bits() {
        int bits = 0;
        for (var scored : parts) {
            bits |= 1 << scored.part().ordinal();
        }
        return bits;
    }

    private int firstPoints() {
        return parts.isEmpty() ? 0 : parts.getFirst().points();
    }
}
