package io.clicktrail.alerter.page;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.ScoreLine;
import io.clicktrail.alerter.page.CaseView.ScoreView;
import io.clicktrail.detection.Decision;
import java.util.ArrayList;
import java.util.List;

/**
 * The scores of a case as bars of named parts: first the parts that add points, then back those that take some away.
 */
final class ScoreBars {

    private static final int FULL = 1000;
    private static final int SHADES = 6;

    private ScoreBars() {}

    /** One part before it has a place. */
    private record Term(String name, int points, String meaning) {}

    /** The decision over the chain, then the score of its place. */
    static List<ScoreView> of(Alert alert, SafeWords words) {
        var bars = new ArrayList<ScoreView>();
        Decision decision = alert.getDecision();
        if (decision != null) {
            bars.add(bar(
                    "The chain",
                    decision.getScore(),
                    decision.getThreshold(),
                    "a case from " + decision.getThreshold() + " on, weights of " + decision.getWeightsVersion(),
                    decision.getParts().stream()
                            .map(part -> new Term(part.getName(), part.getPoints(), part.getMeaning()))
                            .toList(),
                    words));
        }
        if (alert.getDomain() != null) {
            bars.add(bar(
                    words.host(alert.getDomain().getTenantKey()),
                    alert.getDomain().getScore(),
                    -1,
                    "the score of the place",
                    alert.getScoreBreakdown().stream().map(ScoreBars::term).toList(),
                    words));
        }
        return List.copyOf(bars);
    }

    private static Term term(ScoreLine line) {
        String list = line.getListVersion() == null ? "" : " (list of " + line.getListVersion() + ")";
        return new Term(line.getSignal(), line.getPoints(), line.getEvidence() + list);
    }

    private static ScoreView bar(
            String title, int total, int threshold, String note, List<Term> terms, SafeWords words) {
        int gained = terms.stream().mapToInt(term -> Math.max(0, term.points())).sum();
        int sum = terms.stream().mapToInt(Term::points).sum();
        int full = Math.max(100, gained);
        var parts = new ArrayList<ScoreView.Part>();
        int at = 0;
        int shade = 0;
        for (Term term : terms) {
            if (term.points() >= 0) {
                parts.add(part(term, at * FULL / full, term.points() * FULL / full, shade++ % SHADES, words));
                at += term.points();
            }
        }
        for (Term term : terms) {
            if (term.points() < 0) {
                int from = Math.max(0, at + term.points());
                parts.add(part(term, from * FULL / full, (at - from) * FULL / full, -1, words));
                at = from;
            }
        }
        String bounded = sum == total ? "" : "; the parts add up to " + sum + ", a score is 0 to 100";
        return new ScoreView(
                title, total, threshold < 0 ? -1 : threshold * FULL / full, note + bounded, List.copyOf(parts));
    }

    private static ScoreView.Part part(Term term, int from, int width, int shade, SafeWords words) {
        return new ScoreView.Part(
                words.prose(term.name().replace('_', ' ')),
                (term.points() > 0 ? "+" : "") + term.points(),
                words.prose(term.meaning()),
                from,
                width,
                shade);
    }
}
