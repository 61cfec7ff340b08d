package io.clicktrail.correlator.decision;

import io.clicktrail.schemas.lists.DataList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;

/**
 * What each part of the decision is worth: a dated list with one row for each weighted part. Points are whole numbers,
 * 0 to 100 for parts that raise the score and -100 to 0 for those that lower it, so that no list can make bad evidence
 * count as good.
 */
public final class ChainWeights {

    private static final String BUILT_IN_NAME = "chain-weights-2026-11.csv";
    private static final int MAX_POINTS = 100;
    private static final ChainWeights BUILT_IN = readBuiltIn();

    private final String version;
    private final int[] points;

    private ChainWeights(String version, int[] points) {
        this.version = version;
        this.points = points;
    }

    /** The weights of this release. */
    public static ChainWeights builtIn() {
        return BUILT_IN;
    }

    /**
     * Reads weights.
     *
     * @throws IllegalArgumentException with file, line and reason where a part is unknown, out of bounds, given twice
     *     or missing
     */
    public static ChainWeights of(DataList list) {
        var points = new int[DecisionPartKind.values().length];
        var given = EnumSet.noneOf(DecisionPartKind.class);
        list.forEach(row -> {
            var part = row.one(0, DecisionPartKind.class);
            if (!part.isWeighted()) {
                throw new IllegalArgumentException(part.label() + " has no weight");
            }
            if (!given.add(part)) {
                throw new IllegalArgumentException(part.label() + " is given twice");
            }
            points[part.ordinal()] = row.integer(1, part.lowers() ? -MAX_POINTS : 0, part.lowers() ? 0 : MAX_POINTS);
        });
        for (var part : DecisionPartKind.values()) {
            if (part.isWeighted() && !given.contains(part)) {
                throw new IllegalArgumentException(list.name() + ": no row " + part.label());
            }
        }
        return new ChainWeights(list.version(), points);
    }

    /**
     * These weights with other points for some parts, as a tuning document gives them.
     *
     * @param version of the document
     * @throws IllegalArgumentException where a name is no weighted part or its points are out of bounds
     */
    public ChainWeights with(Map<String, Integer> changed, String version) {
        if (changed.isEmpty()) {
            return this;
        }
        var more = points.clone();
        changed.forEach((name, value) -> more[partOf(name).ordinal()] = bounded(partOf(name), value));
        return new ChainWeights(this.version + "+" + version, more);
    }

    private static DecisionPartKind partOf(String name) {
        for (var part : DecisionPartKind.values()) {
            if (part.isWeighted() && part.label().equals(name)) {
                return part;
            }
        }
        throw new IllegalArgumentException("ChainWeights has no part '" + name + "'");
    }

    private static int bounded(DecisionPartKind part, int value) {
        int least = part.lowers() ? -MAX_POINTS : 0;
        int most = part.lowers() ? 0 : MAX_POINTS;
        if (value < least || value > most) {
            throw new IllegalArgumentException("ChainWeights." + part.label() + " is " + value
                    + " but must be a whole number from " + least + " to " + most);
        }
        return value;
    }

    /** Date of the list, and the version of the tuning where that changes some. */
    public String version() {
        return version;
    }

    /** Points of a weighted part. */
    public int points(DecisionPartKind part) {
        return points[part.ordinal()];
    }

    private static ChainWeights readBuiltIn() {
        try (var in = ChainWeights.class.getResourceAsStream(BUILT_IN_NAME)) {
            return of(DataList.read(BUILT_IN_NAME, ';', Objects.requireNonNull(in, BUILT_IN_NAME)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
