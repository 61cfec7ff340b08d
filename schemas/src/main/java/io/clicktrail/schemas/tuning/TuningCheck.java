package io.clicktrail.schemas.tuning;

import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.util.ArrayList;
import java.util.List;

/** The rules for every tuning document, whether it comes from a file or from the topic. */
public final class TuningCheck {

    static final int MAX_ENTRIES = 10_000;
    static final String ONE_OF_PLATFORMS = "one of WINDOWS, LINUX, MACOS";

    private TuningCheck() {}

    /**
     * Why a document is refused by the ranges of the table, or because it silences its platform and is not forced;
     * empty where it is not.
     */
    public static List<TuningProblem> problems(Tuning document) {
        List<TuningProblem> problems = new ArrayList<>();
        if (document.getPlatform() == Platform.UNKNOWN) {
            problems.add(TuningProblem.of("platform", ONE_OF_PLATFORMS));
        }
        if (document.getVersion().isBlank()) {
            problems.add(TuningProblem.of("version", "must not be empty"));
        }
        int entries = 0;
        for (TuningElement<?> element : TuningElements.ALL) {
            problems.addAll(element.problems(document));
            entries += element.entries(document);
        }
        if (entries > MAX_ENTRIES) {
            problems.add(TuningProblem.of("document", "more than " + MAX_ENTRIES + " entries in all lists together"));
        }
        if (problems.isEmpty() && !document.getForced()) {
            problems.addAll(SilencingTuning.problems(document));
        }
        return problems;
    }

    /** Why a document is refused by the ranges of the table or by a service's own rules. */
    public static List<TuningProblem> problems(Tuning document, TuningRules rules) {
        List<TuningProblem> problems = new ArrayList<>(problems(document));
        problems.addAll(rules.problems(document));
        return problems;
    }
}
