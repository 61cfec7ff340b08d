package io.clicktrail.enricher.domain;

import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.HistoryKind;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ScorePart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a domain's past adds to its score, as of the time of the event. Registration, first answer and first certificate
 * say the same thing, so the surest that is known counts alone, in that order. What is not known adds nothing.
 */
final class HistoryScorer {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration QUARTER = Duration.ofDays(90);
    private static final Duration LONG = Duration.ofDays(2 * 365);
    private static final int TOP = 10_000;
    private static final int MIDDLE = 100_000;

    private final DomainHistoryTable table;
    private final ScoreWeights weights;

    HistoryScorer(DomainHistoryTable table, ScoreWeights weights) {
        this.table = table;
        this.weights = weights;
    }

    /** True where the past of a tenant key can change its score. */
    boolean mayKnow(String tenantKey) {
        return table.knows(tenantKey);
    }

    /** The risk with what was known of the domain's past at a time. */
    DomainRisk withHistory(DomainRisk risk, Instant time) {
        List<DomainHistory> known = table.asOf(risk.getTenantKey(), time);
        if (known.isEmpty()) {
            return risk;
        }
        var parts = new ArrayList<>(risk.getParts());
        addAge(known, time, parts);
        boolean isListed = parts.stream().anyMatch(part -> ScoreFactor.ofLabel(part.getName()) == ScoreFactor.POPULAR);
        if (!isListed) {
            addRank(known, time, parts);
        }
        return DomainRisks.withParts(risk, parts, weights).set("history", known).build();
    }

    private void addAge(List<DomainHistory> known, Instant time, List<ScorePart> parts) {
        DomainHistory registration = latest(known, HistoryKind.REGISTRATION);
        DomainHistory resolution = earliest(known, HistoryKind.RESOLUTION);
        DomainHistory certificate = earliest(known, HistoryKind.CERTIFICATE);
        if (registration != null) {
            addYoung(ScoreFactor.YOUNG_REGISTRATION, "registered", registration, time, parts);
            Duration age = age(registration, time);
            if (age.compareTo(LONG) >= 0) {
                parts.add(weights.scored(ScoreFactor.LONG_REGISTERED, evidence("registered", age, registration)));
            }
            if (resolution != null && age(resolution, time).minus(age).compareTo(MONTH) >= 0) {
                parts.add(weights.scored(
                        ScoreFactor.REGISTERED_AGAIN,
                        "DNS had answers for it "
                                + age(resolution, time).minus(age).toDays() + " days before its registration ("
                                + resolution.getSource() + ")"));
            }
        } else if (resolution != null) {
            addYoung(ScoreFactor.YOUNG_RESOLUTION, "first DNS answer", resolution, time, parts);
        } else if (certificate != null) {
            addYoung(ScoreFactor.YOUNG_CERTIFICATE, "first certificate", certificate, time, parts);
        }
    }

    /** All points in the first week, three quarters in the first month, half in the first 90 days. */
    private void addYoung(ScoreFactor factor, String what, DomainHistory entry, Instant time, List<ScorePart> parts) {
        Duration age = age(entry, time);
        int quarters = age.compareTo(WEEK) < 0 ? 4 : age.compareTo(MONTH) < 0 ? 3 : age.compareTo(QUARTER) < 0 ? 2 : 0;
        if (quarters > 0) {
            parts.add(weights.scored(
                    factor, weights.points(factor) * quarters / 4, evidence(what, age, entry), weights.version()));
        }
    }

    /** All points in the top 10,000, three quarters in the top 100,000, else half; half of it from 30 to 90 days on. */
    private void addRank(List<DomainHistory> known, Instant time, List<ScorePart> parts) {
        DomainHistory best = known.stream()
                .filter(entry -> entry.getKind() == HistoryKind.RANKING && !isOver(entry, time))
                .min(Comparator.comparing(DomainHistory::getRank).thenComparing(DomainHistory::getSource))
                .orElse(null);
        if (best == null) {
            return;
        }
        int quarters = best.getRank() <= TOP ? 4 : best.getRank() <= MIDDLE ? 3 : 2;
        Instant listed = best.getListed();
        boolean isOld = listed == null || Duration.between(listed, time).compareTo(MONTH) >= 0;
        int points = weights.points(ScoreFactor.RANKED) * quarters / (isOld ? 8 : 4);
        parts.add(weights.scored(
                ScoreFactor.RANKED,
                points,
                "rank " + best.getRank() + " by " + best.getSource()
                        + (listed == null ? ", of no date" : isOld ? ", older than 30 days" : ""),
                weights.version()));
    }

    private static boolean isOver(DomainHistory ranking, Instant time) {
        Instant listed = ranking.getListed();
        return listed != null && Duration.between(listed, time).compareTo(QUARTER) >= 0;
    }

    private static String evidence(String what, Duration age, DomainHistory entry) {
        return what + " " + (age.toDays() == 1 ? "1 day" : age.toDays() + " days") + " before (" + entry.getSource()
                + ")";
    }

    private static Duration age(DomainHistory entry, Instant time) {
        return Duration.between(entry.getSince(), time);
    }

    private static @Nullable DomainHistory earliest(List<DomainHistory> known, HistoryKind kind) {
        return known.stream()
                .filter(entry -> entry.getKind() == kind)
                .min(Comparator.comparing(DomainHistory::getSince))
                .orElse(null);
    }

    /** A domain can be registered again: the latest counts. */
    private static @Nullable DomainHistory latest(List<DomainHistory> known, HistoryKind kind) {
        return known.stream()
                .filter(entry -> entry.getKind() == kind)
                .max(Comparator.comparing(DomainHistory::getSince))
                .orElse(null);
    }
}
