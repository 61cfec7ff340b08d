package io.clicktrail.standalone.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeShiftTest {

    private static final Instant FIRST = Instant.parse("2026-10-14T08:30:00Z");
    private static final Instant LAST = Instant.parse("2026-10-14T09:30:00Z");

    /** Two weeks and nine hours, thirty-one minutes and two seconds: over the end of the month. */
    private static final TimeShift SHIFT = new TimeShift(FIRST, LAST, Duration.parse("P18DT9H31M2S"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<14>Oct 14 08:31:10 lx-0031 sysmon: x | <14>Nov  1 18:02:12 lx-0031 sysmon: x",
                "<14>1 2026-10-14T08:31:02.118Z mac-0017 | <14>1 2026-11-01T18:02:04.118Z mac-0017",
                "SystemTime='2026-10-14T08:50:01.0000000Z' | SystemTime='2026-11-01T18:21:03.0000000Z'",
                "\"UtcTime\":\"2026-10-14 08:30:11.000\" | \"UtcTime\":\"2026-11-01 18:01:13.000\"",
                "\"created\":\"2026-10-14T10:30:11+02:00\" | \"created\":\"2026-11-01T20:01:13+02:00\"",
                "\"created\":\"2026-10-14T10:30:11,5+0200\" | \"created\":\"2026-11-01T20:01:13,5+0200\"",
                "{\"ts\":1791967500.972,\"uid\":\"C1\"} | {\"ts\":1793556962.972,\"uid\":\"C1\"}",
                "1791967501.784   3640 10.20.8.12 | 1793556963.784   3640 10.20.8.12",
                "msg=audit(1791967500.123:456): a0=17919675 | msg=audit(1793556962.123:456): a0=17919675",
                "\"t\":1791967500123,\"u\":1791967500123456 | \"t\":1793556962123,\"u\":1793556962123456"
            })
    void movesTheTimesOfEachFormat(String before, String after) {
        assertThat(moved(before)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "first seen 2025-10-14T08:31:02Z",
                "S-1-5-21-1791967500-1730022281-1309",
                "{b4f1c2a7-3d93-6acf-4700-1791967500ab}",
                "id 1491967500 and 17919675001",
                "2026-13-45T08:31:02Z",
                "Oct 99 08:31:02",
                "10.20.5.31 serial 1.1791967500"
            })
    void leavesWhatOnlyLooksLikeATime(String text) {
        assertThat(moved(text)).isEqualTo(text);
    }

    @Test
    void leavesAllOtherBytesAsTheyAre() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        assertThat(SHIFT.move(bytes)).isEqualTo(bytes);
    }

    @Test
    void movesByWholeSecondsSoThatTheLastIsInTheSecondOfTheEnd() {
        Instant end = Instant.parse("2026-11-29T22:00:00.700Z");
        assertThat(TimeShift.to(end, FIRST, LAST.plusMillis(500)).by())
                .isEqualTo(Duration.between(LAST, Instant.parse("2026-11-29T22:00:00Z")));
        assertThatThrownBy(() -> new TimeShift(FIRST, LAST, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String moved(String text) {
        return new String(SHIFT.move(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }
}
