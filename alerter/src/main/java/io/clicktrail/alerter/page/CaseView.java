package io.clicktrail.alerter.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a case shows, as text that only has to be escaped. {@link CaseViews} makes it of an alert.
 *
 * @param anchor id of its part of a document
 * @param alertId id of the case
 * @param severity class in the style sheet: critical, high, medium, low, informational
 * @param tier 1 to 3
 * @param state where the case stands, in words
 * @param closed whether nothing is left to do
 * @param change revision and why it exists
 * @param headline what happened, one line
 * @param sentence what happened, one or two sentences
 * @param subject host, user, place: who and where
 * @param numbers confidence, risk and times
 * @param stages the four stages
 * @param handling what people and clocks did
 */
public record CaseView(
        String anchor,
        String alertId,
        String severity,
        int tier,
        String state,
        boolean closed,
        String change,
        String headline,
        String sentence,
        List<Field> subject,
        List<Field> numbers,
        List<StageView> stages,
        String when,
        TimelineDrawing timeline,
        String notShown,
        List<EvidenceView> evidence,
        List<ProcessNode> processes,
        List<ScoreView> scores,
        List<String> severityReasons,
        List<String> lowered,
        List<SensorView> sensors,
        List<ActionView> actions,
        List<Field> withheld,
        List<QuestionView> answered,
        List<QuestionView> open,
        List<Field> related,
        List<ObservableView> observables,
        List<Field> techniques,
        List<Field> handling,
        List<Field> judgedBy) {

    /** A name and a value. */
    public record Field(String name, String value) {}

    /** A stage of the chain. @param note when it was first seen, or why it was not */
    public record StageView(Lane lane, boolean seen, int count, String note) {}

    /**
     * A piece of evidence.
     *
     * @param anchor id of its part of a document
     * @param event fields of the event
     * @param added fields that the enricher added
     * @param source coordinates of the raw record
     */
    public record EvidenceView(
            String anchor,
            int number,
            Lane lane,
            String clock,
            String what,
            String sensor,
            boolean nearby,
            List<LinkView> links,
            List<Field> event,
            List<Field> added,
            List<Field> source) {}

    /** A link to earlier evidence. @param from number of that evidence; 0 where it is not shown */
    public record LinkView(int from, String fromStage, String grade, String reason) {}

    /**
     * A score and the parts that add up to it. Positions are thousandths of the bar.
     *
     * @param threshold where the line of a case is; -1 for none
     * @param note how the parts relate to the total
     */
    public record ScoreView(String title, int total, int threshold, String note, List<Part> parts) {

        /** A part. @param shade 0 to 5, -1 for a part that lowers the score */
        public record Part(String name, String points, String meaning, int from, int width, int shade) {}
    }

    /** What showed a lane, or why nothing did. */
    public record SensorView(Lane lane, List<String> datasets, String note, boolean seen) {}

    /** A recommended action. @param result what became of it; null where nothing is known */
    public record ActionView(
            String id,
            int priority,
            String title,
            String rationale,
            String approval,
            String system,
            List<String> preconditions,
            String blastRadius,
            String rollback,
            String validity,
            @Nullable String result) {}

    /** A question. @param evidence numbers of the evidence that the answer rests on */
    public record QuestionView(
            String id,
            String text,
            String why,
            @Nullable String answer,
            String certainty,
            List<Integer> evidence,
            List<String> missing,
            String search) {}

    /** An indicator. */
    public record ObservableView(String type, String value, String role, boolean indicator, String score) {}
}
