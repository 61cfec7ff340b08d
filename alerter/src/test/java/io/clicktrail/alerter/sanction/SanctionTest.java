package io.clicktrail.alerter.sanction;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.alerter.casefile.CaseFile;
import io.clicktrail.detection.Detection;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.organisation.EntryKind;
import io.clicktrail.organisation.OrganisationEntry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SanctionTest {

    private final OrganisationTable known = new OrganisationTable();

    @Test
    void aCaseOfAnExerciseIsMarkedAndNotLost() {
        enter(Stories.SITE);

        Alert alert = alert(Stories.executed());

        assertThat(alert.getLabels()).containsExactly("exercise");
        assertThat(alert.getTitle()).startsWith("Exercise: ");
        assertThat(alert.getSeverity()).isEqualTo(Severity.INFORMATIONAL);
        assertThat(alert.getSeverityReasons().getFirst())
                .contains("march simulation", "otherwise the severity would be high");
        assertThat(alert.getEscalation().getTier()).isEqualTo(1);
        assertThat(alert.getRecommendedActions()).isEmpty();
        assertThat(alert.getWithheldActions()).isNotEmpty();
        assertThat(answer(alert)).startsWith("Yes: it is of the exercise march simulation");
    }

    @Test
    void aCaseOfNoExerciseThatIsEnteredIsAnsweredWithNo() {
        enter("elsewhere.example");

        Alert alert = alert(Stories.executed());

        assertThat(alert.getLabels()).isEmpty();
        assertThat(alert.getSeverity()).isEqualTo(Severity.HIGH);
        assertThat(answer(alert)).startsWith("No: none of the exercises");
    }

    @Test
    void withoutAnyExerciseThatIsEnteredItCannotBeKnown() {
        Alert alert = alert(Stories.executed());

        assertThat(alert.getAnalystQuestions())
                .filteredOn(question -> question.getId().equals("Q11"))
                .singleElement()
                .satisfies(question -> {
                    assertThat(question.getState()).isEqualTo(AnswerState.UNANSWERED);
                    assertThat(question.getMissingTelemetry())
                            .containsExactly("list of phishing simulations and approved tests");
                });
    }

    @Test
    void noExerciseHidesAPlaceThatIsKnownToBeMalicious() {
        enter(Stories.SITE);
        DomainRisk bad = DomainRisk.newBuilder(Stories.lookAlike())
                .setScore(95)
                .setBand(RiskBand.KNOWN_BAD)
                .build();

        Alert alert = alert(Stories.withDomain(Stories.executed(), bad));

        assertThat(alert.getLabels()).isEmpty();
        assertThat(alert.getSeverity()).isEqualTo(Severity.CRITICAL);
    }

    private Alert alert(Detection detection) {
        return new CaseFile(Stories.ORGANISATION, known).of(detection);
    }

    private void enter(String place) {
        OrganisationEntry entry = OrganisationEntry.newBuilder()
                .setKind(EntryKind.EXERCISE)
                .setNames(List.of("march simulation"))
                .setSource("awareness")
                .setPlaces(List.of(place))
                .setFrom(Instant.parse("2026-03-01T00:00:00Z"))
                .setUntil(Instant.parse("2026-03-31T00:00:00Z"))
                .build();
        assertThat(known.offer(OrganisationTable.key(entry), entry)).isNull();
    }

    private static String answer(Alert alert) {
        return alert.getAnalystQuestions().stream()
                .filter(question -> question.getId().equals("Q11"))
                .map(question -> String.valueOf(question.getAnswer()))
                .findFirst()
                .orElseThrow();
    }
}
