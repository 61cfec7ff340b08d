package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FirstSeenRecordTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final long DELIVERED = NOON.toEpochMilli();

    @Test
    void countsHostsAsOfTheTimeOfTheEvent() {
        FirstSeenRecord known = FirstSeenRecord.of(NOON, DELIVERED);
        for (int i = 0; i < 25; i++) {
            known = known.with(NOON.plus(Duration.ofHours(i)), DELIVERED, "ws-" + i);
        }
        assertThat(known.prevalence(NOON.plus(Duration.ofHours(3)))).isEqualTo(new Prevalence(4, 0));
        assertThat(known.prevalence(NOON.plus(Duration.ofDays(7)))).isEqualTo(new Prevalence(20, 1));
        assertThat(known.prevalence(NOON.plus(Duration.ofDays(8))).isOrdinary()).isTrue();
        assertThat(known.prevalence(NOON.plus(Duration.ofDays(7))).isOrdinary()).isFalse();
    }

    @Test
    void endsTheSameInWhateverOrderSightsCome() {
        long seed = 8;
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Instant> times = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                times.add(NOON.plusSeconds(random.nextInt(2_000_000)));
            }
            FirstSeenRecord expected = taken(times);
            Collections.shuffle(times, random);
            times.addAll(times.subList(0, 10));
            assertThat(taken(times)).as("seed %d round %d", seed, round).isEqualTo(expected);
        }
    }

    @Test
    void saysWhenNothingChanged() {
        FirstSeenRecord known = FirstSeenRecord.of(NOON, DELIVERED).with(NOON, DELIVERED, "ws-1");
        assertThat(known.with(NOON.plusSeconds(60), DELIVERED, "ws-1")).isSameAs(known);
        assertThat(known.with(NOON.plusSeconds(60), DELIVERED)).isSameAs(known);
        assertThat(known.with(NOON.minusSeconds(60), DELIVERED, "ws-1").first()).isEqualTo(NOON.minusSeconds(60));
    }

    @Test
    void isReadAsItWasWritten() {
        FirstSeenRecord known = FirstSeenRecord.of(NOON, DELIVERED);
        assertThat(known.toBytes()).hasSize(16);
        for (int i = 0; i < 30; i++) {
            known = known.with(NOON.minusSeconds(i * 7_200L), DELIVERED, "ws-" + i);
            assertThat(FirstSeenRecord.of(known.toBytes())).isEqualTo(known);
        }
        assertThat(known.toBytes()).hasSize(16 + 20 * 8);
        assertThatThrownBy(() -> FirstSeenRecord.of(new byte[17])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsTheFirstProgramInWhateverOrderTheyCome() {
        FirstSeenRecord known = FirstSeenRecord.of(NOON, DELIVERED).withProgram(NOON.plus(Duration.ofHours(5)));
        assertThat(known.withProgram(NOON.plus(Duration.ofHours(6)))).isSameAs(known);
        assertThat(known.withProgram(NOON).firstProgramTime()).isEqualTo(NOON);
        assertThat(FirstSeenRecord.of(known.toBytes())).isEqualTo(known);
        assertThat(FirstSeenRecord.of(NOON, DELIVERED).firstProgramTime()).isNull();
    }

    @Test
    void isSilentAfterTheDaysOfItsLastDelivery() {
        FirstSeenRecord known = FirstSeenRecord.of(NOON, DELIVERED);
        long day = Duration.ofDays(1).toMillis();
        assertThat(known.isSilent(DELIVERED + 180 * day, 180)).isFalse();
        assertThat(known.isSilent(DELIVERED + 181 * day, 180)).isTrue();
        assertThat(known.with(NOON, DELIVERED + 100 * day).isSilent(DELIVERED + 181 * day, 180))
                .isFalse();
    }

    private static FirstSeenRecord taken(List<Instant> times) {
        FirstSeenRecord known = FirstSeenRecord.of(times.getFirst(), DELIVERED);
        for (Instant time : times) {
            known = known.with(time, DELIVERED, "ws-" + Math.floorMod(time.getEpochSecond(), 40));
        }
        return known;
    }
}
