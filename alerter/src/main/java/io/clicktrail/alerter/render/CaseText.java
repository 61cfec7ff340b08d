package io.clicktrail.alerter.render;

import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alert.EvidenceLink;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Lowering;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.ScoreLine;
import io.clicktrail.alert.Severity;
import io.clicktrail.alert.WithheldAction;
import io.clicktrail.alerter.questions.Questions;
import io.clicktrail.alerter.render.TextStyle.Tone;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.timeline.NearbyClicks;
import io.clicktrail.detection.Decision;
import io.clicktrail.detection.DecisionPart;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Event;
import io.clicktrail.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The case as text for a terminal: what happened and how bad it is, the timeline, why it is suspicious, what argues
 * against it, what to do, and open questions. At most 120 columns; all text from logs was made safe before.
 */
public final class CaseText {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String UNDER_SENTENCE = " ".repeat(26);

    private final Alert alert;
    private final TextLayout page;

    private CaseText(Alert alert, TextStyle style) {
        this.alert = alert;
        this.page = new TextLayout(style);
    }

    /** The case as lines of text, the last one ended. */
    public static String of(Alert alert, TextStyle style) {
        var text = new CaseText(alert, style);
        text.head();
        text.timeline();
        text.why();
        text.against();
        text.steps();
        text.questions();
        text.whereToLook();
        return text.page.toString();
    }

    private void head() {
        String who = alert.getUser() == null ? "user unknown" : alert.getUser().getKey();
        page.item(
                " " + alert.getSeverity() + " ",
                tone(alert.getSeverity()),
                " tier " + alert.getEscalation().getTier() + " | "
                        + alert.getDevice().getHostname() + " | " + who + " | " + alert.getTitle());
        if (alert.getLifecycle() != Lifecycle.CREATE) {
            page.text(EnumNames.lower(alert.getLifecycle()) + ", revision " + alert.getRevision() + ": "
                    + alert.getChangeNote());
        }
        if (alert.getDuplicateOf() != null) {
            page.text("duplicate of case " + alert.getDuplicateOf());
        }
        page.text(
                Tone.QUIET,
                "case " + alert.getAlertId() + " | " + alert.getAnalyticId() + " "
                        + alert.getDetectionStrategy() + " T1204.001 | confidence "
                        + alert.getConfidenceScore() + " of 100 | risk " + alert.getRiskScore() + " of 100");
        page.text(
                Tone.QUIET,
                "tier " + alert.getEscalation().getTier() + " because "
                        + String.join("; ", alert.getEscalation().getReasons()) + " | acknowledge in "
                        + minutes(alert.getEscalation().getAckSeconds())
                        + (alert.getEscalation().getContainSeconds() == null
                                ? ""
                                : ", contain in "
                                        + minutes(alert.getEscalation().getContainSeconds())));
        if (alert.getExternalLink() != null) {
            page.text(Tone.QUIET, alert.getExternalLink());
        }
    }

    private void timeline() {
        List<CaseEvidence> nearby = NearbyClicks.of(alert);
        events(
                "Timeline ",
                alert.getEvidence().stream()
                        .filter(item -> !nearby.contains(item))
                        .toList());
        int shown = alert.getEvidence().size();
        if (alert.getEvidenceTotal() > shown) {
            page.quiet("  ", alert.getEvidenceTotal() - shown + " more events are not shown");
        }
        if (!nearby.isEmpty()) {
            events("Nearby, other links that were followed ", nearby);
        }
    }

    private void events(String heading, List<CaseEvidence> items) {
        String day = DAY.format(
                items.isEmpty()
                        ? alert.getFirstEventTime()
                        : items.getFirst().getEvidence().getEvent().getTime());
        page.heading(heading + day + " UTC");
        for (CaseEvidence item : items) {
            Instant time = item.getEvidence().getEvent().getTime();
            if (!DAY.format(time).equals(day)) {
                day = DAY.format(time);
                page.text("  " + day);
            }
            String label =
                    "  " + CLOCK.format(time) + "  " + padded(item.getStage().name(), 10);
            page.item(label, tone(item.getStage()), item.getWhat());
            for (EvidenceLink link : item.getLinks()) {
                page.quiet(
                        UNDER_SENTENCE,
                        "linked to the " + EnumNames.lower(link.getFromStage()) + " ("
                                + EnumNames.title(link.getGrade()).toLowerCase(Locale.ROOT) + "): " + link.getReason());
            }
            page.quiet(UNDER_SENTENCE, origin(item.getEvidence().getEvent()));
        }
    }

    private void why() {
        page.heading("Why it is suspicious");
        alert.getSeverityReasons().forEach(reason -> page.item("  - ", reason));
        if (alert.getDomain() != null) {
            page.item(
                    "  - ",
                    Defanger.host(alert.getDomain().getTenantKey()) + " scores "
                            + alert.getDomain().getScore() + " of 100:");
        }
        for (ScoreLine line : alert.getScoreBreakdown()) {
            String list = line.getListVersion() == null ? "" : " (list of " + line.getListVersion() + ")";
            page.item(
                    "    " + signed(line.getPoints()) + "  " + padded(line.getSignal(), 16) + "  ",
                    line.getEvidence() + list);
        }
        decision();
        page.quiet(
                "  ",
                "scored with tuning " + alert.getTuning().getVersion() + ", window "
                        + minutes(Duration.ofMillis(alert.getTuning().getTimeWindowMs())
                                .toSeconds()));
    }

    /** The sum that made it a case, part by part, so that a reader can do it again. */
    private void decision() {
        @Nullable Decision decision = alert.getDecision();
        if (decision == null) {
            return;
        }
        page.item(
                "  - ",
                "the chain scores " + decision.getScore() + " of 100, from " + decision.getThreshold()
                        + " on it is a case (weights of "
                        + decision.getWeightsVersion() + "):");
        for (DecisionPart part : decision.getParts()) {
            page.item("    " + signed(part.getPoints()) + "  " + padded(part.getName(), 21) + "  ", part.getMeaning());
        }
    }

    private void against() {
        if (alert.getLowered().isEmpty()) {
            return;
        }
        page.heading("What is missing or argues against it");
        for (Lowering lowering : alert.getLowered()) {
            page.item("  - ", lowering.getReason());
        }
    }

    private void steps() {
        page.heading("What to do now");
        Set<String> said = new HashSet<>();
        for (RecommendedAction action : alert.getRecommendedActions()) {
            page.item(
                    " " + (action.getPriority() < 10 ? " " : "") + action.getPriority() + ". ",
                    action.getTitle() + "  [" + approval(action) + "]");
            for (String precondition : action.getPreconditions()) {
                if (said.add(precondition)) {
                    page.quiet("     ", "first make sure that " + precondition);
                }
            }
        }
        for (WithheldAction action : alert.getWithheldActions()) {
            page.item("  not ", Tone.WARN, action.getTitle() + ": " + action.getReason());
        }
    }

    private void questions() {
        page.heading("What the logs answer");
        for (AnalystQuestion question : alert.getAnalystQuestions()) {
            if (question.getState() != AnswerState.UNANSWERED) {
                page.quiet("  " + padded(question.getId(), 4), question.getText());
                page.item("      ", String.valueOf(question.getAnswer()));
                if (!question.getMissingTelemetry().isEmpty()) {
                    page.quiet("      ", "to know more: " + String.join("; ", question.getMissingTelemetry()));
                }
            }
        }
        page.heading("What the logs do not answer");
        for (AnalystQuestion question : alert.getAnalystQuestions()) {
            if (question.getState() == AnswerState.UNANSWERED) {
                page.item(
                        "  " + padded(question.getId(), 4),
                        Tone.WARN,
                        question.getText() + " Needs: " + String.join("; ", question.getMissingTelemetry()) + ".");
            }
        }
    }

    private void whereToLook() {
        page.heading("Where to look (Kibana searches, ECS names)");
        for (AnalystQuestion question : alert.getAnalystQuestions()) {
            String title = Questions.searchTitle(question.getId());
            if (title != null) {
                page.item("  " + padded(title, 21), question.getWhereToLook());
            }
        }
    }

    private static String origin(Event event) {
        Source source = event.getSource();
        return source.getDataset() + (event.getCode() == null ? "" : " " + event.getCode()) + ", " + source.getTopic()
                + " partition " + source.getPartition() + " offset " + source.getOffset();
    }

    private static String approval(RecommendedAction action) {
        String who = switch (action.getApproval()) {
            case AUTO_OK -> "can run without approval";
            case ONE_CLICK -> "needs your approval";
            case TWO_PERSON -> "needs two people";
        };
        return action.getReversible() || action.getVerb() == ActionVerb.NOTIFY ? who : who + ", cannot be undone";
    }

    private static String minutes(long seconds) {
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    private static String signed(int points) {
        String text = points > 0 ? "+" + points : Integer.toString(points);
        return " ".repeat(Math.max(0, 4 - text.length())) + text;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static Tone tone(Severity severity) {
        return switch (severity) {
            case CRITICAL, FATAL -> Tone.GRAVE;
            case HIGH -> Tone.BAD;
            case MEDIUM -> Tone.WARN;
            case UNKNOWN, INFORMATIONAL, LOW -> Tone.GOOD;
        };
    }

    private static Tone tone(Stage stage) {
        return switch (stage) {
            case CLICK, EGRESS -> Tone.WARN;
            case WRITE, EXECUTION -> Tone.BAD;
        };
    }
}
