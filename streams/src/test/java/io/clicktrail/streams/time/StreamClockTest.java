package io.clicktrail.streams.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamClockTest {

    private final StreamClock clock = new StreamClock(Duration.ofSeconds(10), Duration.ofSeconds(5), 5_000_000);

    @Test
    void knowsNoTimeBeforeTheFirstRecord() {
        clock.tick(-1, 6_000_000);

        assertThat(clock.latest()).isZero();
        assertThat(clock.passed()).isZero();
    }

    @Test
    void followsTheRecords() {
        clock.record(1_000, 5_000_000);
        clock.record(900, 5_000_001);

        assertThat(clock.latest()).isEqualTo(1_000);
    }

    @Test
    void letsTimePassOnlyOnceItsEvidenceHadTimeToCome() {
        clock.record(1_000, 5_000_000);
        clock.tick(1_000, 5_000_500);
        clock.record(9_000_000, 5_001_000);
        clock.tick(9_000_000, 5_005_499);
        assertThat(clock.passed()).isZero();

        clock.tick(9_000_000, 5_005_500);
        assertThat(clock.passed()).isEqualTo(1_000);

        clock.tick(9_000_000, 5_010_499);
        assertThat(clock.passed()).isEqualTo(9_000_000);
    }

    @Test
    void standsStillUntilThePartitionIsQuiet() {
        clock.record(1_000, 5_000_000);
        clock.tick(1_000, 5_009_999);

        assertThat(clock.latest()).isEqualTo(1_000);
        assertThat(clock.passed()).isZero();
    }

    @Test
    void movesByTheWallClockWhileThePartitionIsQuiet() {
        clock.record(1_000, 5_000_000);
        clock.tick(1_000, 5_010_000);
        clock.tick(1_000, 5_025_000);

        assertThat(clock.latest()).isEqualTo(26_000);
        assertThat(clock.passed()).isEqualTo(26_000);
    }

    @Test
    void movesByTheWallClockWhileEveryRecordIsDatedBack() {
        clock.record(1_000, 5_000_000);
        for (long wallClock = 5_001_000; wallClock <= 5_060_000; wallClock += 1_000) {
            clock.record(1_000, wallClock);
            clock.tick(1_000, wallClock);
        }

        assertThat(clock.latest()).isEqualTo(61_000);
        assertThat(clock.passed()).isEqualTo(56_000);
    }

    @Test
    void followsABacklogInsteadOfTheWallClock() {
        for (long second = 0; second < 60; second++) {
            clock.record(1_000 + 100 * second, 5_000_000 + 1_000 * second);
            clock.tick(1_000 + 100 * second, 5_000_000 + 1_000 * second);
        }

        assertThat(clock.latest()).isEqualTo(6_900);
    }

    @Test
    void neverMovesBack() {
        clock.record(1_000, 5_000_000);
        clock.tick(1_000, 5_060_000);
        clock.record(2_000, 5_060_001);
        clock.tick(2_000, 5_060_002);

        assertThat(clock.latest()).isEqualTo(61_000);
        assertThat(clock.passed()).isEqualTo(61_000);
    }

    @Test
    void goesOnFromTheStreamTimeOfBeforeARestart() {
        clock.tick(1_000, 5_010_000);

        assertThat(clock.latest()).isEqualTo(11_000);
    }
}
