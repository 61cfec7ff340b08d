package io.clicktrail.engine.suggest;

import io.clicktrail.alert.Alert;
import io.clicktrail.engine.suggest.TuningSuggestion.AllowPlace;
import io.clicktrail.engine.suggest.TuningSuggestion.RaiseChainScore;
import io.clicktrail.event.Platform;
import io.clicktrail.feedback.Verdict;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads the verdicts on cases, and proposes the smallest changes that would have spared the wrong ones. Nothing is
 * applied. Two kinds:
 *
 * <ul>
 *   <li>an allow-list entry for a place with cases closed as no attack and none confirmed, which ends after
 *       {@link #ENTRY_LASTS};
 *   <li>a ChainScore below which there are wrong cases and no confirmed one, where at least {@value #MIN_CONFIRMED}
 *       cases are confirmed, so that the lowest of them says something.
 * </ul>
 */
public final class TuningSuggestions {

    static final int MIN_CONFIRMED = 5;
    static final Duration ENTRY_LASTS = Duration.ofDays(90);

    private TuningSuggestions() {}

    /**
     * The suggestions, by platform, those that spare most cases first.
     *
     * @param cases last revisions
     * @param inForce tuning by platform
     * @param owner who answers for allow-list entries
     */
    public static List<TuningSuggestion> of(
            Collection<Alert> cases, Map<Platform, Tuning> inForce, String owner, Instant now) {
        var suggestions = new ArrayList<TuningSuggestion>();
        for (Platform platform : BuiltInTuning.PLATFORMS) {
            List<Alert> own = cases.stream()
                    .filter(alert -> platform(alert) == platform)
                    .sorted(Comparator.comparing(Alert::getFirstEventTime).thenComparing(Alert::getAlertId))
                    .toList();
            List<Alert> wrong =
                    own.stream().filter(judged(TuningSuggestions::isWrong)).toList();
            List<Alert> confirmed =
                    own.stream().filter(judged(TuningSuggestions::isConfirmed)).toList();
            suggestions.addAll(places(platform, wrong, confirmed, owner, now));
            suggestions.addAll(threshold(platform, wrong, confirmed, inForce));
        }
        return suggestions;
    }

    /** The platform whose tuning judged a case. */
    public static Platform platform(Alert alert) {
        return switch (alert.getAnalyticId()) {
            case "AN0179" -> Platform.LINUX;
            case "AN0180" -> Platform.MACOS;
            default -> Platform.WINDOWS;
        };
    }

    private static List<AllowPlace> places(
            Platform platform, List<Alert> wrong, List<Alert> confirmed, String owner, Instant now) {
        var byPlace = new TreeMap<String, List<Alert>>();
        wrong.forEach(alert -> byPlace.computeIfAbsent(alert.getTenantKey(), absent -> new ArrayList<>())
                .add(alert));
        confirmed.forEach(alert -> byPlace.remove(alert.getTenantKey()));
        return byPlace.entrySet().stream()
                .map(place -> new AllowPlace(
                        platform,
                        place.getKey(),
                        AllowScope.DOMAIN_SCORE,
                        place.getValue(),
                        owner,
                        now.plus(ENTRY_LASTS)))
                .sorted(Comparator.comparingInt(
                        (AllowPlace place) -> -place.wrong().size()))
                .toList();
    }

    private static List<RaiseChainScore> threshold(
            Platform platform, List<Alert> wrong, List<Alert> confirmed, Map<Platform, Tuning> inForce) {
        if (confirmed.size() < MIN_CONFIRMED) {
            return List.of();
        }
        int lowest = confirmed.stream().mapToInt(TuningSuggestions::score).min().orElseThrow();
        List<Alert> below =
                wrong.stream().filter(alert -> score(alert) < lowest).toList();
        Tuning document = inForce.get(platform);
        int current = (document == null ? BuiltInTuning.of(platform) : document).getChainScore();
        return below.isEmpty() || lowest <= current
                ? List.of()
                : List.of(new RaiseChainScore(platform, lowest, below, confirmed.size()));
    }

    /** Cases of old releases have no decision and no threshold that would spare them. */
    private static int score(Alert alert) {
        return alert.getDecision() == null
                ? Integer.MAX_VALUE
                : alert.getDecision().getScore();
    }

    private static Predicate<Alert> judged(Predicate<Verdict> by) {
        return alert ->
                alert.getHandling() != null && by.test(alert.getHandling().getVerdict());
    }

    private static boolean isWrong(Verdict verdict) {
        return switch (verdict) {
            case FALSE_POSITIVE, BENIGN -> true;
            case UNKNOWN,
                    TRUE_POSITIVE,
                    DISREGARD,
                    SUSPICIOUS,
                    TEST,
                    INSUFFICIENT_DATA,
                    SECURITY_RISK,
                    MANAGED_EXTERNALLY,
                    DUPLICATE -> false;
        };
    }

    private static boolean isConfirmed(Verdict verdict) {
        return switch (verdict) {
            case TRUE_POSITIVE, SECURITY_RISK, SUSPICIOUS, TEST -> true;
            case UNKNOWN, FALSE_POSITIVE, DISREGARD, BENIGN, INSUFFICIENT_DATA, MANAGED_EXTERNALLY, DUPLICATE -> false;
        };
    }
}
