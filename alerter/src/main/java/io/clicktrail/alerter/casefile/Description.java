package io.clicktrail.alerter.casefile;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alert.Lowering;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.ScoreLine;
import io.clicktrail.alert.WithheldAction;
import io.clicktrail.alerter.text.Markdown;
import io.clicktrail.alerter.timeline.NearbyClicks;
import java.util.List;
import java.util.Locale;

/** The case as Markdown, for tickets. Text from logs is escaped. */
final class Description {

    private Description() {}

    static String of(Alert alert) {
        var out = new StringBuilder(4096);
        out.append(Markdown.escape(alert.getSummary())).append("\n\n## Timeline (UTC)\n\n");
        List<CaseEvidence> nearby = NearbyClicks.of(alert);
        for (CaseEvidence item : alert.getEvidence()) {
            if (!nearby.contains(item)) {
                event(out, item);
            }
        }
        if (!nearby.isEmpty()) {
            out.append("\n## Nearby: other links that were followed\n\n");
            nearby.forEach(item -> event(out, item));
        }
        out.append("\n## Why\n\n");
        alert.getSeverityReasons().forEach(reason -> bullet(out, reason));
        for (ScoreLine line : alert.getScoreBreakdown()) {
            bullet(
                    out,
                    line.getSignal() + " " + (line.getPoints() < 0 ? "" : "+") + line.getPoints() + ": "
                            + line.getEvidence());
        }
        if (!alert.getLowered().isEmpty()) {
            out.append("\n## What argues against it\n\n");
            for (Lowering lowering : alert.getLowered()) {
                bullet(out, lowering.getReason());
            }
        }
        if (alert.getAnalystQuestions().stream().anyMatch(question -> question.getAnswer() != null)) {
            out.append("\n## Questions\n\n");
            for (AnalystQuestion question : alert.getAnalystQuestions()) {
                if (question.getAnswer() != null) {
                    out.append("- ").append(question.getId()).append(" **");
                    out.append(Markdown.escape(question.getText())).append("** ");
                    out.append(Markdown.escape(question.getAnswer())).append('\n');
                }
            }
        }
        out.append("\n## What to do\n\n");
        for (RecommendedAction action : alert.getRecommendedActions()) {
            out.append(action.getPriority()).append(". ");
            out.append(Markdown.escape(action.getTitle())).append('\n');
        }
        for (WithheldAction action : alert.getWithheldActions()) {
            bullet(out, "Not: " + action.getTitle() + ": " + action.getReason());
        }
        return out.toString();
    }

    private static void event(StringBuilder out, CaseEvidence item) {
        out.append("- ")
                .append(item.getEvidence().getEvent().getTime())
                .append(" **")
                .append(item.getStage().name().toLowerCase(Locale.ROOT))
                .append("** ")
                .append(Markdown.escape(item.getWhat()))
                .append('\n');
    }

    private static void bullet(StringBuilder out, String text) {
        out.append("- ").append(Markdown.escape(text)).append('\n');
    }
}
