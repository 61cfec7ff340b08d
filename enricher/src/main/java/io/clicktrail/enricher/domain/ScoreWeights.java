package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.ScorePart;
import io.clicktrail.schemas.lists.DataList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each part of a score is worth, and the sum of parts: within each group up to its cap, over all groups from 0 to
 * 100. Intel adds nothing but a floor. Order plays no role, and no weights make bad evidence lower a score.
 */
public final class ScoreWeights {

    private static final int MAX_POINTS = 100;

    private final int[] points = new int[ScoreFactor.values().length];
    private final int[] caps = new int[ScoreFactorGroup.values().length];
    private final String version;

    private ScoreWeights(DataList list) {
        this.version = list.version();
        Map<ScoreFactor, DataList.Row> parts = new EnumMap<>(ScoreFactor.class);
        Map<ScoreFactorGroup, DataList.Row> groups = new EnumMap<>(ScoreFactorGroup.class);
        list.forEach(row -> {
            switch (row.one(0, Kind.class)) {
                case PART -> {
                    ScoreFactor part = row.one(1, ScoreFactor.class);
                    once(parts.put(part, row));
                    boolean lowers = part.group.lowers();
                    points[part.ordinal()] = row.integer(2, lowers ? -MAX_POINTS : 0, lowers ? 0 : MAX_POINTS);
                }
                case GROUP -> {
                    ScoreFactorGroup group = row.one(1, ScoreFactorGroup.class);
                    once(groups.put(group, row));
                    caps[group.ordinal()] = row.integer(2, 0, MAX_POINTS);
                }
            }
        });
        for (ScoreFactor part : ScoreFactor.values()) {
            given(list, part != ScoreFactor.INTEL && !parts.containsKey(part), "PART", part);
        }
        for (ScoreFactorGroup group : ScoreFactorGroup.values()) {
            given(list, group.adds() && !groups.containsKey(group), "GROUP", group);
        }
    }

    /** @throws IllegalArgumentException with file, line and reason where the list is not complete or out of bounds */
    static ScoreWeights of(DataList list) {
        return new ScoreWeights(list);
    }

    /** Date of the weights. */
    String version() {
        return version;
    }

    int points(ScoreFactor part) {
        return points[part.ordinal()];
    }

    int cap(ScoreFactorGroup group) {
        return caps[group.ordinal()];
    }

    /** A part with its own points that rests on nothing but the weights. */
    ScorePart scored(ScoreFactor part, String evidence) {
        return scored(part, points(part), evidence, version);
    }

    /** A part with its own points that rests on a list. */
    ScorePart scored(ScoreFactor part, String evidence, String listVersion) {
        return scored(part, points(part), evidence, listVersion);
    }

    ScorePart scored(ScoreFactor part, int given, String evidence, @Nullable String listVersion) {
        return new ScorePart(part.label, given, evidence, listVersion);
    }

    /** @throws IllegalArgumentException for a part that the enricher does not know */
    int total(List<ScorePart> parts) {
        int[] raising = new int[caps.length];
        int lowering = 0;
        int floor = 0;
        for (ScorePart scored : parts) {
            ScoreFactor part = ScoreFactor.ofLabel(scored.getName());
            if (part == null) {
                throw new IllegalArgumentException("unknown part " + scored.getName());
            }
            if (part.group == ScoreFactorGroup.INTEL) {
                floor = Math.max(floor, scored.getPoints());
            } else if (scored.getPoints() > 0) {
                raising[part.group.ordinal()] += scored.getPoints();
            } else {
                lowering += scored.getPoints();
            }
        }
        int total = lowering;
        for (int group = 0; group < raising.length; group++) {
            total += Math.min(caps[group], raising[group]);
        }
        return Math.clamp(Math.max(total, floor), 0, MAX_POINTS);
    }

    private static void once(DataList.@Nullable Row before) {
        if (before != null) {
            throw new IllegalArgumentException("is in line " + before.line() + " already");
        }
    }

    private static void given(DataList list, boolean missing, String kind, Enum<?> name) {
        if (missing) {
            throw new IllegalArgumentException(
                    list.name() + ": no row " + kind + ";" + name.name().toLowerCase(Locale.ROOT));
        }
    }

    private enum Kind {
        PART,
        GROUP
    }
}
