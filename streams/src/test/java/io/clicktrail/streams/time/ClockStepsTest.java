package io.clicktrail.streams.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockStepsTest {

    private Duration measured = Duration.ofNanos(-5);
    private Instant wallClock = Instant.parse("2026-10-14T09:00:00Z");
    private final ClockSteps steps = new ClockSteps(() -> wallClock, () -> measured.toNanos());

    @Test
    void aClockThatRunsIsNotSetBack() {
        pass(Duration.ofHours(3), Duration.ofHours(3));

        assertThat(steps.setBack()).isZero();
    }

    @Test
    void aStepBackIsToldOnce() {
        pass(Duration.ofSeconds(1), Duration.ofHours(-1));

        assertThat(steps.setBack()).isEqualTo(Duration.ofHours(1).plusSeconds(1));
        assertThat(steps.setBack()).isZero();
    }

    @Test
    void theEndOfAStepAheadIsAStepBack() {
        pass(Duration.ofSeconds(1), Duration.ofHours(1));
        assertThat(steps.setBack()).isZero();

        pass(Duration.ofSeconds(1), Duration.ofHours(-1));

        assertThat(steps.setBack()).isGreaterThan(Duration.ofMinutes(59));
    }

    @Test
    void aStepThatEndsByItselfSoonIsNone() {
        pass(Duration.ofSeconds(1), Duration.ofSeconds(-8));

        assertThat(steps.setBack()).isZero();
    }

    @Test
    void aClockThatIsSlewedIsNotSetBackHoweverLongItTakes() {
        for (int second = 0; second < 100_000; second++) {
            pass(Duration.ofSeconds(1), Duration.ofMillis(999));

            assertThat(steps.setBack()).isZero();
        }
    }

    private void pass(Duration truly, Duration onTheWallClock) {
        measured = measured.plus(truly);
        wallClock = wallClock.plus(onTheWallClock);
    }
}
