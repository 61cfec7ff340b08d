package io.clicktrail.correlator.decision;

import java.util.Comparator;
import java.util.List;

/**
 * What one path of a chain is worth: the click, egress, write and execution that together score highest.
 *
 * @param score sum of the parts, 0-100
 * @param threshold ChainScore that was in force, 0-100
 * @param parts in the order of {@link DecisionPart}
 * @param weightsVersion of the weights; empty where there is no verdict
 */
public record Verdict(int score, int threshold, List<Scored> parts, String weightsVersion) {

    /** The verdict on nothing: less than any other. */
    public static final Verdict NONE = new Verdict(0, 0, List.of(), "");

    /**
     * Highest score first, then the parts, so that of two paths the same one is shown whatever the order in which they
     * were found.
     */
    private static final Comparator<Verdict> ORDER = Comparator.comparingInt(Verdict::score)
            .thenComparing(Verdict::bits)
            .thenComparingInt(Verdict::firstPoints)
            .thenComparing(Verdict::weightsVersion);

    /** A part with its points. */
    public record Scored(DecisionPart part, int points) {}

    public Verdict {
        parts = List.copyOf(parts);
    }

    /** The stronger of two. */
    public Verdict or(Verdict other) {
        return ORDER.compare(this, other) >= 0 ? this : other;
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
