package io.clicktrail.normalizer.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.TimeQuality;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormsTest {

    private static final Instant DELIVERED = Instant.parse("2026-03-02T10:01:00Z");
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1772445605.731204            | 2026-03-02T10:00:05.731204Z | EXACT",
                "1772445605731               | 2026-03-02T10:00:05.731Z    | EXACT",
                "1772445605731204            | 2026-03-02T10:00:05.731204Z | EXACT",
                "1772445605731204000         | 2026-03-02T10:00:05.731204Z | EXACT",
                "1772445605                  | 2026-03-02T10:00:05Z        | EXACT",
                "2026-03-02T10:00:05.731Z    | 2026-03-02T10:00:05.731Z    | EXACT",
                "2026-03-02T10:00:05.731204Z | 2026-03-02T10:00:05.731204Z | EXACT",
                "2026-03-02T10:00:05.7312045Z | 2026-03-02T10:00:05.731204Z | EXACT",
                "2026-03-02T10:00:05.731204567Z | 2026-03-02T10:00:05.731204Z | EXACT",
                "2026-03-02T10:00:05.731204+0000 | 2026-03-02T10:00:05.731204Z | EXACT",
                "2026-03-02 11:00:05.731204+0100 | 2026-03-02T10:00:05.731204Z | EXACT",
                "2026-03-02 10:00:05         | 2026-03-02T10:00:05Z        | ASSUMED_ZONE",
                "2026/03/02 10:00:05         | 2026-03-02T10:00:05Z        | ASSUMED_ZONE",
                "2026/03/02 10:00:05.731     | 2026-03-02T10:00:05.731Z    | ASSUMED_ZONE",
                "Mon Mar  2 10:00:05 2026    | 2026-03-02T10:00:05Z        | ASSUMED_ZONE",
                "Mon Mar 02 10:00:05 2026    | 2026-03-02T10:00:05Z        | ASSUMED_ZONE",
                "Mar 02 2026 10:00:05        | 2026-03-02T10:00:05Z        | ASSUMED_ZONE",
                "Mar 2 2026 10:00:05.731 GMT | 2026-03-02T10:00:05.731Z    | EXACT",
                "Mar 2 2026 06:00:05.731 -0400 | 2026-03-02T10:00:05.731Z  | EXACT",
                "Mar 02 2026 05:00:05 EST    | 2026-03-02T10:00:05Z        | EXACT",
                "Mon, 02 Mar 2026 11:00:05 +0100 | 2026-03-02T10:00:05Z    | EXACT",
                "02/Mar/2026:11:00:05 +0100  | 2026-03-02T10:00:05Z        | EXACT",
                "[02/Mar/2026:10:00:05 +0000] | 2026-03-02T10:00:05Z       | EXACT",
                "02-Mar-2026 10:00:05.731    | 2026-03-02T10:00:05.731Z    | ASSUMED_ZONE",
                "Mar  2 10:00:05             | 2026-03-02T10:00:05Z        | ASSUMED_YEAR",
                "Mar 02 10:00:05.731         | 2026-03-02T10:00:05.731Z    | ASSUMED_YEAR",
                "Dec 31 23:59:50             | 2025-12-31T23:59:50Z        | ASSUMED_YEAR",
                "Mar 02 2026 10:00:05 XYZT   | 2026-03-02T10:00:05Z        | ASSUMED_ZONE"
            })
    void readsEveryFormAndSaysWhatItIsWorth(String text, Instant expected, TimeQuality quality) {
        EventTime time = requireNonNull(TimeForms.read(text, ZoneOffset.UTC, DELIVERED.toEpochMilli()));

        assertThat(time.instant()).isEqualTo(expected);
        assertThat(time.quality()).isEqualTo(quality);
    }

    @ParameterizedTest
    @CsvSource({
        "Mar 02 2026 11:00:05, 2026-03-02T10:00:05Z",
        "2026/07/02 12:00:05, 2026-07-02T10:00:05Z",
        "02-Jul-2026 12:00:05, 2026-07-02T10:00:05Z"
    })
    void readsAClockWithoutZoneWhereItStands(String text, Instant expected) {
        assertThat(requireNonNull(TimeForms.read(text, VIENNA, -1)).instant()).isEqualTo(expected);
    }

    @Test
    void readsADayBeforeItsMonthOnlyWhereThatIsKnown() {
        assertThat(TimeForms.read("02/03/2026 10:00:05", ZoneOffset.UTC, -1)).isNull();
        assertThat(requireNonNull(TimeForms.dayFirst("02/03/2026 10:00:05", ZoneOffset.UTC, -1))
                        .instant())
                .isEqualTo("2026-03-02T10:00:05Z");
        assertThat(TimeForms.dayFirst("02/13/2026 10:00:05", ZoneOffset.UTC, -1))
                .isNull();
    }

    @Test
    void datesNothingWithoutAYearOrADelivery() {
        assertThat(TimeForms.read("Mar  2 10:00:05", ZoneOffset.UTC, -1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Mar",
                "Mar 2",
                "Mar 32 2026 10:00:05",
                "Feb 30 2026 10:00:05",
                "Foo 02 2026 10:00:05",
                "2026/13/02 10:00:05",
                "2026/03/02",
                "02/Mar/26:10:00:05",
                "Mar 02 2026 24:00:05",
                "Mar 02 2026 10:60:05",
                "Mar 02 2026 10:00",
                "Mon",
                "02-Mar-2026",
                "0000/00/00 00:00:00",
                "----/--/-- --:--:--",
                "99999999999999999999 99:99:99"
            })
    void readsNothingElse(String text) {
        assertThat(TimeForms.read(text, ZoneOffset.UTC, DELIVERED.toEpochMilli()))
                .isNull();
        assertThat(TimeForms.dayFirst(text, ZoneOffset.UTC, DELIVERED.toEpochMilli()))
                .isNull();
    }

    @Test
    void knowsZonesByOffsetNameAndRegion() {
        assertThat(TimeForms.zone("UTC")).isEqualTo(ZoneOffset.UTC);
        assertThat(TimeForms.zone("-0330")).isEqualTo(ZoneOffset.ofHoursMinutes(-3, -30));
        assertThat(TimeForms.zone("Europe/Vienna")).isEqualTo(VIENNA);
        assertThat(TimeForms.zone("nowhere")).isNull();
        assertThat(TimeForms.zone("x".repeat(1000))).isNull();
    }
}
