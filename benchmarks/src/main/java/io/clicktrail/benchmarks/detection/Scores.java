package io.clicktrail.benchmarks.detection;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Counts of a judgement.
 *
 * @param hostile number of hostile stories
 * @param found of these with a case
 * @param rightTier of these with the tier that they should have
 * @param falseCases cases without a hostile story
 */
record Scores(int hostile, int found, int rightTier, int falseCases) {

    static Scores of(CaseScoring judgement) {
        int right = (int) judgement.found().entrySet().stream()
                .filter(each -> each.getValue().tier() == each.getKey().tier())
                .count();
        return new Scores(
                judgement.found().size() + judgement.missed().size(),
                judgement.found().size(),
                right,
                judgement.falseCases().size());
    }

    /** Scores for each value of an attribute of the labels; false cases count where they hit an ordinary story. */
    static Map<String, Scores> by(Function<Label, String> attribute, CaseScoring judgement) {
        Map<String, Scores> all = new TreeMap<>();
        judgement
                .found()
                .forEach((label, found) ->
                        add(all, attribute.apply(label), new Scores(1, 1, found.tier() == label.tier() ? 1 : 0, 0)));
        judgement.missed().forEach(label -> add(all, attribute.apply(label), new Scores(1, 0, 0, 0)));
        judgement.falseCases().values().stream()
                .filter(java.util.Objects::nonNull)
                .forEach(label -> add(all, attribute.apply(label), new Scores(0, 0, 0, 1)));
        return all;
    }

    private static void add(Map<String, Scores> all, String key, Scores more) {
        all.merge(key, more, (one, other) -> sum(List.of(one, other)));
    }

    static Scores sum(Collection<Scores> all) {
        return new Scores(
                all.stream().mapToInt(Scores::hostile).sum(),
                all.stream().mapToInt(Scores::found).sum(),
                all.stream().mapToInt(Scores::rightTier).sum(),
                all.stream().mapToInt(Scores::falseCases).sum());
    }

    /** Share of hostile stories that are found; 1 where there are none. */
    double recall() {
        return share(found, hostile);
    }

    /** Share of stories found among these and false cases; 1 where nothing was found at all. */
    double precision() {
        return share(found, found + falseCases);
    }

    /** Share of the stories found whose case has the right tier; 1 where none was found. */
    double tierAccuracy() {
        return share(rightTier, found);
    }

    double falsePer1000(int hostDays) {
        return hostDays == 0 ? 0 : 1000.0 * falseCases / hostDays;
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }

    String line(int hostDays) {
        return String.format(
                Locale.ROOT,
                "recall=%.3f precision=%.3f tier_accuracy=%.3f false_per_1000_host_days=%.1f",
                recall(),
                precision(),
                tierAccuracy(),
                falsePer1000(hostDays));
    }
}
