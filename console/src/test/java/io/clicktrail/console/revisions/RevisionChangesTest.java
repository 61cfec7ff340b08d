package io.clicktrail.console.revisions;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.ScoreLine;
import io.clicktrail.alert.Severity;
import io.clicktrail.console.revisions.RevisionChanges.Change;
import io.clicktrail.feedback.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevisionChangesTest {

    private final Alert before = Alert.newBuilder(Alerts.least("a"))
            .setSeverity(Severity.MEDIUM)
            .setScoreBreakdown(List.of(line("newly observed", 20), line("look-alike", 30)))
            .build();

    @Test
    void theSameCaseUnderAnotherNumberHasNoChange() {
        Alert after = Alert.newBuilder(before)
                .setRevision(2)
                .setChangeNote("something")
                .setContentHash("other")
                .build();

        assertThat(RevisionChanges.between(before, after)).isEmpty();
    }

    @Test
    void aChangedFieldHasBothValues() {
        Alert after = Alert.newBuilder(before).setSeverity(Severity.HIGH).build();

        assertThat(RevisionChanges.between(before, after)).containsExactly(new Change("severity", "medium", "high"));
    }

    @Test
    void whatCameAndWhatLeftAreNamedAndWhatStayedIsNot() {
        Alert after = Alert.newBuilder(before)
                .setScoreBreakdown(List.of(line("look-alike", 30), line("first program", 15)))
                .build();

        assertThat(RevisionChanges.between(before, after))
                .containsExactly(
                        new Change("score breakdown", "", "chain, first program, 15, why"),
                        new Change("score breakdown", "chain, newly observed, 20, why", ""));
    }

    @Test
    void aRecordThatCameIsNamedByItsFieldsAndOneThatChangedByThem() {
        Alert acknowledged = Alert.newBuilder(before)
                .setHandling(Handling.newBuilder().setAcknowledgedBy("ann").build())
                .build();
        Alert judged = Alert.newBuilder(acknowledged)
                .setHandling(Handling.newBuilder(acknowledged.getHandling())
                        .setVerdict(Verdict.BENIGN)
                        .build())
                .build();

        assertThat(RevisionChanges.between(before, acknowledged))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.field()).isEqualTo("handling");
                    assertThat(change.after()).contains("ann");
                });
        assertThat(RevisionChanges.between(acknowledged, judged))
                .containsExactly(new Change("handling, verdict", "unknown", "benign"));
    }

    @Test
    void theNumberAndTheLengthOfChangesAreBounded() {
        var lines = new ArrayList<ScoreLine>();
        for (int i = 0; i < 1000; i++) {
            lines.add(line("x".repeat(10_000) + i, i));
        }

        List<Change> changes = RevisionChanges.between(
                before, Alert.newBuilder(before).setScoreBreakdown(lines).build());

        assertThat(changes)
                .hasSize(RevisionChanges.MAX_CHANGES)
                .allMatch(change -> change.after().length() < 400);
    }

    private static ScoreLine line(String signal, int points) {
        return ScoreLine.newBuilder()
                .setScore("chain")
                .setSignal(signal)
                .setPoints(points)
                .setEvidence("why")
                .build();
    }
}
