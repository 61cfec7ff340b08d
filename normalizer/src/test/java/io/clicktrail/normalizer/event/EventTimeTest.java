package io.clicktrail.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.TimeQuality;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T10:00:05Z,                2026-03-02T10:00:05Z",
        "2026-03-02 10:00:05.7,               2026-03-02T10:00:05.700Z",
        "2026-03-02T10:00:05.731Z,            2026-03-02T10:00:05.731Z",
        "2026-03-02T10:00:05.7312049Z,        2026-03-02T10:00:05.731204Z",
        "2026-03-02T10:00:05.731204999Z,      2026-03-02T10:00:05.731204Z",
        "2026-03-02T10:00:05.731+02:00,       2026-03-02T08:00:05.731Z",
        "2026-03-02T10:00:05.731+0000,        2026-03-02T10:00:05.731Z",
        "2026-03-02 10:00:05.731204-0530,     2026-03-02T15:30:05.731204Z",
        "2026-03-02 10:00:05 +01,             2026-03-02T09:00:05Z",
        "2024-02-29T23:59:59Z,                2024-02-29T23:59:59Z",
        "1970-01-01T00:00:00Z,                1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z,         9999-12-31T23:59:59.999999Z"
    })
    void readsIsoTimes(String text, Instant expected) {
        assertThat(iso(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-02",
                "2026-13-02T10:00:05Z",
                "2026-02-29T10:00:05Z",
                "2026-03-02T24:00:05Z",
                "2026-03-02T10:60:05Z",
                "2026-03-02T10:00:05X",
                "2026-03-02T10:00:05+1",
                "2026-03-02T10:00:05+99:00",
                "2026/03/02T10:00:05Z",
                "1969-12-31T23:59:59Z",
                "2026-03-02T10:00:05Z and more"
            })
    void readsNothingElse(String text) {
        assertThat(iso(text)).isNull();
    }

    @Test
    void agreesWithTheLibraryOnAnyDay() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(253_402_300_800L), random.nextInt(1_000_000) * 1000L);
            assertThat(iso(time.toString())).isEqualTo(time);
        }
    }

    @Test
    void readsATimeWithoutZoneInAZoneWithSummerTime() {
        EventTime summer = Objects.requireNonNull(
                EventTime.iso("2026-07-02T10:00:05", ZoneId.of("Europe/Vienna"), TimeQuality.ASSUMED_ZONE));

        assertThat(summer.instant()).isEqualTo("2026-07-02T08:00:05Z");
        assertThat(summer.quality()).isEqualTo(TimeQuality.ASSUMED_ZONE);
    }

    @ParameterizedTest
    @CsvSource({
        "1772445605.731204,  2026-03-02T10:00:05.731204Z",
        "1772445605,         2026-03-02T10:00:05Z",
        "1772445605.7,       2026-03-02T10:00:05.700Z",
        "1772445605731,      2026-03-02T10:00:05.731Z",
        "0.000001,           1970-01-01T00:00:00.000001Z"
    })
    void readsEpochTimes(String text, Instant expected) {
        assertThat(Objects.requireNonNull(EventTime.epoch(text)).instant()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e9", "NaN", "1.2.3", "999999999999999999", "99999999999999999999999999", "."})
    void readsNoOtherNumber(String text) {
        assertThat(EventTime.epoch(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Dec 31 23:59:50, 2026-01-01T00:00:10Z, 2025-12-31T23:59:50Z",
        "Jan  1 00:00:10, 2025-12-31T23:59:50Z, 2026-01-01T00:00:10Z",
        "Mar  2 10:00:05, 2026-03-02T10:01:00Z, 2026-03-02T10:00:05Z",
        "Feb 29 10:00:05, 2025-03-01T10:01:00Z, 2024-02-29T10:00:05Z"
    })
    void putsAYearlessTimeIntoTheYearNearestItsDelivery(String text, Instant delivered, Instant expected) {
        EventTime time = Objects.requireNonNull(EventTime.yearless(text, ZoneOffset.UTC, delivered.toEpochMilli()));

        assertThat(time.instant()).isEqualTo(expected);
        assertThat(time.quality()).isEqualTo(TimeQuality.ASSUMED_YEAR);
    }

    @Test
    void readsNoYearlessTimeThatIsNone() {
        long now = LocalDateTime.of(2026, 3, 2, 10, 0).toEpochSecond(ZoneOffset.UTC) * 1000;

        assertThat(EventTime.yearless("Foo  2 10:00:05", ZoneOffset.UTC, now)).isNull();
        assertThat(EventTime.yearless("Mar 32 10:00:05", ZoneOffset.UTC, now)).isNull();
        assertThat(EventTime.yearless("Mar  2", ZoneOffset.UTC, now)).isNull();
    }

    private static @Nullable Instant iso(String text) {
        EventTime time = EventTime.iso(text, ZoneOffset.UTC, TimeQuality.EXACT);
        return time == null ? null : time.instant();
    }
}
