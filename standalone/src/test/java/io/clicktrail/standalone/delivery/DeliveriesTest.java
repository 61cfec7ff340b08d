package io.clicktrail.standalone.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records are written as {@code name@time} or, without a time, as {@code name}. */
class DeliveriesTest {
    private static final long START = 500;
    private static final long DAY = Duration.ofDays(1).toMillis();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void keepsTheOrderInsideAFileAndMergesByTheRunningMaximum() throws Exception {
        file("a", "a1@10", "a2@30", "a3@20", "a4@50");
        file("b", "b1@15", "b2@30", "b3@40");

        assertThat(delivered()).containsExactly("10 a1", "15 b1", "30 a2", "30 a3", "30 b2", "40 b3", "50 a4");
    }

    @Test
    void deliversARecordWithoutATimeBehindTheOneBefore() throws Exception {
        file("a", "head", "a1@10", "a2", "a3@30");
        file("b", "b1@20");
        file("c", "no time at all");

        assertThat(delivered()).containsExactly("10 no time at all", "10 head", "10 a1", "10 a2", "20 b1", "30 a3");
    }

    @Test
    void datesAFileWithoutYearsByTheOtherFiles() throws Exception {
        file("a", "a1@7010", "a2@7030");
        file("b", "b1+5", "b2+20", "no time at all", "b3+40");

        assertThat(delivered())
                .containsExactly("7005 b1+5", "7010 a1", "7020 b2+20", "7020 no time at all", "7030 a2", "7040 b3+40");
    }

    @Test
    void startsAtTheGivenMomentWhereNoTimeIsKnown() throws Exception {
        file("a", "one", "two");

        assertThat(delivered()).containsExactly(START + " one", START + " two");
    }

    @Test
    void doesNotBelieveALeapThatTheNextRecordContradicts() throws Exception {
        file(
                "a",
                "wrong@" + 90 * DAY,
                "a1@10",
                "a2@20",
                "wrong@" + 90 * DAY,
                "a3@30",
                "a4@" + 3 * DAY,
                "a5@" + 3 * DAY);

        assertThat(delivered())
                .containsExactly("10 wrong", "10 a1", "20 a2", "20 wrong", "30 a3", 3 * DAY + " a4", 3 * DAY + " a5");
    }

    @Test
    void deliversEachRecordTwice() throws Exception {
        file("a", "a1@10", "a2@20");

        try (var twice = new RepeatedDeliveries(merged())) {
            assertThat(all(twice)).containsExactly("10 a1", "10 a1", "20 a2", "20 a2");
        }
    }

    @Test
    void delaysEachDeliveryByNoMoreThanTheBound() throws Exception {
        var records = new ArrayList<String>();
        for (int i = 0; i < 500; i++) {
            records.add(i + "@" + 10 * i);
        }
        file("a", records.toArray(String[]::new));

        List<String> delayed = delayed(7);
        assertThat(delayed)
                .hasSize(500)
                .isNotEqualTo(delivered())
                .isEqualTo(delayed(7))
                .isNotEqualTo(delayed(8));
        var seen = new TreeMap<Integer, Long>();
        long before = Long.MIN_VALUE;
        for (String delivery : delayed) {
            long at = Long.parseLong(delivery.substring(0, delivery.indexOf(' ')));
            int number = Integer.parseInt(delivery.substring(delivery.indexOf(' ') + 1));
            assertThat(at).isGreaterThanOrEqualTo(before).isBetween(10L * number, 10L * number + 100);
            before = at;
            seen.put(number, at);
        }
        assertThat(seen).hasSize(500);
    }

    private List<String> delayed(long seed) throws Exception {
        try (var delayed = new DelayedDeliveries(merged(), Duration.ofMillis(100), seed)) {
            return all(delayed);
        }
    }

    private List<String> delivered() throws Exception {
        try (var merged = merged()) {
            List<String> all = all(merged);
            assertThat(merged.position())
                    .isEqualTo(LogFiles.find(List.of(folder)).stream()
                            .mapToLong(LogFile::bytes)
                            .sum());
            return all;
        }
    }

    private MergedDeliveries merged() throws Exception {
        return new MergedDeliveries(LogFiles.find(List.of(folder)), 1000, DeliveriesTest::time, START);
    }

    private static List<String> all(Deliveries deliveries) throws Exception {
        var all = new ArrayList<String>();
        for (LogDelivery delivery = deliveries.next(); delivery != null; delivery = deliveries.next()) {
            String record = new String(delivery.value(), StandardCharsets.UTF_8);
            all.add(delivery.at() + " " + (record.contains("@") ? record.substring(0, record.indexOf('@')) : record));
        }
        return all;
    }

    /** A time after a plus is one without a year: that of the thousand that is near. */
    private static long time(byte[] record, long near) {
        String text = new String(record, StandardCharsets.UTF_8);
        int at = text.indexOf('@');
        int plus = text.indexOf('+');
        if (plus >= 0) {
            return near == EventTimes.UNKNOWN ? near : near / 1000 * 1000 + Long.parseLong(text.substring(plus + 1));
        }
        return at < 0 ? EventTimes.UNKNOWN : Long.parseLong(text.substring(at + 1));
    }

    private void file(String name, String... records) throws IOException {
        Files.write(folder.resolve(name), List.of(records));
    }
}
