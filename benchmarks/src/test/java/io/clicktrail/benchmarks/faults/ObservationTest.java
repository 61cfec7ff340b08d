package io.clicktrail.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationTest {

    private static final Map<String, Long> NO_LETTERS =
            Map.of("normalizer", 0L, "enricher", 0L, "correlator", 0L, "alerter", 0L);
    private static final Observation UNDISTURBED = new Observation(
            Map.of("a", "1 NEW", "b", "2 NEW"), Map.of(), List.of("e1", "e2"), 2, NO_LETTERS, List.of());

    @Test
    void anEqualRoundDoesNotDiffer() {
        assertThat(UNDISTURBED.differences(UNDISTURBED, FaultPlan.QUIET)).isEmpty();
    }

    @Test
    void missingChangedAndFurtherCasesDiffer() {
        var disturbed = new Observation(
                Map.of("b", "3 NEW", "c", "1 NEW"), Map.of(), List.of("e1", "e2"), 2, NO_LETTERS, List.of());

        assertThat(disturbed.differences(UNDISTURBED, FaultPlan.QUIET))
                .containsExactly(
                        "the case a is missing",
                        "the case b has another content: 3 NEW instead of 2 NEW",
                        "the case c is one too many");
    }

    @Test
    void lostAndDoubledEventsDiffer() {
        var disturbed = new Observation(UNDISTURBED.cases(), Map.of(), List.of("e1", "e1"), 1, NO_LETTERS, List.of());

        assertThat(disturbed.differences(UNDISTURBED, FaultPlan.QUIET))
                .containsExactly(
                        "1 events are missing and 1 are too many", "of 2 raw records 1 are events or rejected");
    }

    @Test
    void poisonIsRejectedOrADeadLetterOfTheEnricherWhichAloneReadsEvents() {
        var plan = new FaultPlan(List.of(moment(Poison.BAD_BYTES), moment(Poison.SHORT)));

        assertThat(poisoned(1, 0).differences(UNDISTURBED, plan)).isEmpty();
        assertThat(poisoned(0, 1).differences(UNDISTURBED, plan))
                .containsExactlyInAnyOrder(
                        "the enricher has 0 dead letters instead of 1", "the alerter has 1 dead letters instead of 0");
    }

    private static Observation poisoned(long enricher, long alerter) {
        return new Observation(
                UNDISTURBED.cases(),
                Map.of(),
                UNDISTURBED.events(),
                3,
                Map.of("normalizer", 0L, "enricher", enricher, "correlator", 0L, "alerter", alerter),
                List.of());
    }

    private static FaultPlan.Moment moment(Poison poison) {
        return new FaultPlan.Moment(0, Duration.ZERO, new Fault.Poisoned(poison));
    }
}
