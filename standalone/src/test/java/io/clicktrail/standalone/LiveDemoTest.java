package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveDemoTest {

    private static final Instant DAY = Instant.parse("2026-10-14T12:00:00Z");

    @Test
    void movesTheTimeOfEveryRecordByTheSameAndLeavesNoneOfTheOldDay() throws Exception {
        Instant now = Instant.parse("2027-03-02T16:45:30.250Z");
        var times = new EventTimeReader();

        List<byte[]> asWritten = LiveDemo.records(DAY);
        List<byte[]> moved = LiveDemo.records(now);

        long by = Duration.between(DAY, now).toSeconds();
        assertThat(moved).hasSameSizeAs(asWritten);
        assertThat(IntStream.range(0, moved.size()))
                .allSatisfy(i -> assertThat(times.latest(moved.get(i)) - times.latest(asWritten.get(i)))
                        .isEqualTo(by * 1_000));
        assertThat(moved)
                .extracting(record -> new String(record, StandardCharsets.ISO_8859_1))
                .allSatisfy(record ->
                        assertThat(record).doesNotContain("2026-10-14").doesNotContain("Oct 14 "));
        assertThat(Instant.ofEpochMilli(
                        moved.stream().mapToLong(times::latest).max().orElseThrow()))
                .isBetween(now.minusSeconds(1), now);
    }
}
