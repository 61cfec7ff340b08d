package io.clicktrail.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final long SEED = 17;
    private static final int DELIVERIES = 339;
    private static final List<FaultKind> ALL = List.of(FaultKind.values());

    @Test
    void theSameSeedAndRoundBreakTheSameThings() {
        assertThat(FaultPlan.draw(SEED, 3, DELIVERIES, ALL))
                .isEqualTo(FaultPlan.draw(SEED, 3, DELIVERIES, ALL))
                .isNotEqualTo(FaultPlan.draw(SEED, 4, DELIVERIES, ALL))
                .isNotEqualTo(FaultPlan.draw(SEED + 1, 3, DELIVERIES, ALL));
    }

    @Test
    void everyRoundBreaksSomethingWhileLogsAreDelivered() {
        assertThat(IntStream.range(0, 200).mapToObj(round -> FaultPlan.draw(SEED, round, DELIVERIES, ALL)))
                .allSatisfy(plan -> assertThat(plan.moments())
                        .isNotEmpty()
                        .allSatisfy(moment -> assertThat(moment.delivery()).isBetween(0, DELIVERIES - 1)));
    }

    @Test
    void twoHundredRoundsHaveEveryKindOfFault() {
        var types = new HashSet<Class<?>>();
        IntStream.range(0, 200)
                .forEach(round -> FaultPlan.draw(SEED, round, DELIVERIES, ALL)
                        .moments()
                        .forEach(moment -> types.add(moment.fault().getClass())));

        assertThat(types).hasSameElementsAs(Arrays.asList(Fault.class.getPermittedSubclasses()));
    }
}
