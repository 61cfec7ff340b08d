package io.clicktrail.schemas.tuning;

import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What in a valid document would silence its platform. Such a document is refused unless it is forced; then it is in
 * force, and an alert says so.
 */
public final class SilencingTuning {

    private static final int MAX_THRESHOLD = 95;
    private static final long MIN_WINDOW_MS = Duration.ofMinutes(1).toMillis();
    private static final int MAX_WHOLE_CHAIN = 100;

    private SilencingTuning() {}

    /** Why a document silences its platform; empty where it does not. */
    public static List<TuningProblem> problems(Tuning document) {
        var problems = new ArrayList<TuningProblem>();
        above(problems, "DomainRiskScore", document.getDomainRiskScore());
        above(problems, "ChainScore", document.getChainScore());
        below(problems, "TimeWindow", document.getTimeWindowMs());
        below(problems, "FollowOnWindow", document.getFollowOnMs());
        int wholeChain = 0;
        for (int entry = 0; entry < document.getAllowedCdns().size(); entry++) {
            var allowed = document.getAllowedCdns().get(entry);
            if (allowed.getScope() != AllowScope.WHOLE_CHAIN) {
                continue;
            }
            wholeChain++;
            var name =
                    allowed.getPattern().startsWith("*.") ? allowed.getPattern().substring(2) : allowed.getPattern();
            if (name.indexOf('.') < 0) {
                problems.add(TuningProblem.ofEntry(
                        "AllowedCDNs", entry, "allows whole chains below the public suffix " + name));
            }
        }
        if (wholeChain > MAX_WHOLE_CHAIN) {
            problems.add(
                    TuningProblem.of("AllowedCDNs", "allows whole chains of more than " + MAX_WHOLE_CHAIN + " names"));
        }
        return problems;
    }

    private static void above(List<TuningProblem> problems, String element, int threshold) {
        if (threshold >= MAX_THRESHOLD) {
            problems.add(TuningProblem.of(
                    element,
                    threshold + " is a threshold that hardly anything reaches; it must be below " + MAX_THRESHOLD));
        }
    }

    private static void below(List<TuningProblem> problems, String element, long windowMs) {
        if (windowMs < MIN_WINDOW_MS) {
            problems.add(TuningProblem.of(
                    element,
                    windowMs + " ms is a window that hardly any chain fits into; it must be 1 minute or more"));
        }
    }
}
