package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.ScorePart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Scores how new a tenant key is to the organisation, and how many hosts use it. */
public final class NoveltyScorer {

    private NoveltyScorer() {}

    /** True where the first-seen store must be asked before the score is final. */
    public static boolean awaitsNovelty(DomainRisk risk) {
        return risk.getMissing().contains(DomainRisks.NEWLY_OBSERVED);
    }

    /** The greatest score that the answer of the first-seen store can lead to. */
    public static int greatestScore(DomainRisk risk, DomainPolicy policy) {
        if (!awaitsNovelty(risk)) {
            return risk.getScore();
        }
        ScoreWeights weights = policy.weights;
        int newness = Math.max(
                weights.points(ScoreFactor.NEWLY_OBSERVED), weights.points(ScoreFactor.NEWLY_OBSERVED_WHILE_LEARNING));
        int more = newness
                + (risk.getSharedHosting()
                        ? weights.points(ScoreFactor.NEW_SHARED_TENANT) + weights.points(ScoreFactor.SUFFIX_BURST)
                        : 0);
        return Math.min(100, risk.getScore() + more);
    }

    /**
     * The risk with the answer of the first-seen store: fewer points after 24 hours, 72 hours, none after 7 days. While
     * the store learns, what is new has a weight of its own: it may only be new to the store.
     */
    public static DomainRisk withNovelty(DomainRisk risk, Instant time, Novelty novelty, DomainPolicy policy) {
        ScoreWeights weights = policy.weights;
        List<String> missing = new ArrayList<>(risk.getMissing());
        missing.remove(DomainRisks.NEWLY_OBSERVED);
        List<ScorePart> parts = new ArrayList<>(risk.getParts());
        switch (novelty) {
            case Novelty.Learning learning -> {
                missing.add(DomainRisks.LEARNING);
                addWhileLearning(Freshness.of(learning.firstSeen(), time), weights, parts);
            }
            case Novelty.Seen seen -> addFreshness(risk, Freshness.of(seen.firstSeen(), time), weights, parts);
            case Novelty.Burst burst -> {
                addFreshness(risk, Freshness.DAY, weights, parts);
                if (risk.getSharedHosting()) {
                    parts.add(weights.scored(
                            ScoreFactor.SUFFIX_BURST, "one of very many new names at this host within an hour"));
                }
            }
        }
        Prevalence prevalence = novelty.prevalence();
        if (prevalence.isOrdinary()) {
            parts.add(weights.scored(
                    ScoreFactor.PREVALENT, Prevalence.COUNTED + " hosts or more have used it for a week or longer"));
        }
        return DomainRisks.withParts(risk, parts, weights)
                .set("missing", List.copyOf(missing))
                .set("first_seen", novelty.firstSeen())
                .set("novelty", placeNovelty(novelty, time))
                .set("first_program", risk.getFirstProgram() && novelty.handsOutFirstProgram(time))
                .set("hosts", prevalence.hosts())
                .build();
    }

    private static PlaceNovelty placeNovelty(Novelty novelty, Instant time) {
        if (Freshness.of(novelty.firstSeen(), time) == Freshness.KNOWN) {
            return PlaceNovelty.KNOWN;
        }
        return novelty instanceof Novelty.Learning ? PlaceNovelty.LEARNING : PlaceNovelty.NEW;
    }

    private static void addWhileLearning(Freshness freshness, ScoreWeights weights, List<ScorePart> parts) {
        int points = weights.points(ScoreFactor.NEWLY_OBSERVED_WHILE_LEARNING) * freshness.quarters / 4;
        if (points != 0) {
            parts.add(weights.scored(
                    ScoreFactor.NEWLY_OBSERVED_WHILE_LEARNING,
                    points,
                    freshness.evidence + ", while the store still learns what is ordinary",
                    weights.version()));
        }
    }

    private static void addFreshness(
            DomainRisk risk, Freshness freshness, ScoreWeights weights, List<ScorePart> parts) {
        if (freshness == Freshness.KNOWN) {
            return;
        }
        int points = weights.points(ScoreFactor.NEWLY_OBSERVED) * freshness.quarters / 4;
        parts.add(weights.scored(ScoreFactor.NEWLY_OBSERVED, points, freshness.evidence, weights.version()));
        if (risk.getSharedHosting()) {
            parts.add(weights.scored(ScoreFactor.NEW_SHARED_TENANT, "new customer of shared hosting"));
        }
    }

    /** Grades of novelty. */
    private enum Freshness {
        DAY(4, "first seen less than 24 hours before", 24),
        THREE_DAYS(3, "first seen less than 72 hours before", 72),
        WEEK(2, "first seen less than 7 days before", 7 * 24),
        KNOWN(0, "known", Long.MAX_VALUE);

        /** How much of the part's points. */
        final int quarters;

        final String evidence;
        final long hours;

        Freshness(int quarters, String evidence, long hours) {
            this.quarters = quarters;
            this.evidence = evidence;
            this.hours = hours;
        }

        static Freshness of(Instant firstSeen, Instant time) {
            long seconds = time.getEpochSecond() - firstSeen.getEpochSecond();
            for (Freshness grade : values()) {
                if (grade == KNOWN || seconds < grade.hours * 3600) {
                    return grade;
                }
            }
            return KNOWN;
        }
    }
}
