package io.clicktrail.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Rounds of faults; the property says how many: {@code -Dclicktrail.fault-rounds=20}. */
@EnabledIfSystemProperty(named = "clicktrail.fault-rounds", matches = "[1-9][0-9]*")
class FaultsIT {

    private static final long SEED = Long.getLong("clicktrail.fault-seed", 1);

    /** Most of a round is waiting: for a group to notice a death, for a fault to end. */
    private static final int PARALLEL = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 3);

    @Test
    void eachRoundGivesTheCasesOfTheUndisturbedOne(@TempDir Path archives) throws Exception {
        int rounds = Integer.getInteger("clicktrail.fault-rounds", 1);

        assertThat(new FaultRounds(System.out, FaultRounds.newFolder(), archives, null)
                        .run(rounds, SEED, 1, PARALLEL, Set.of(), 0))
                .as("rounds that failed with seed %d", SEED)
                .isZero();
    }
}
