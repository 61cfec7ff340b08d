package io.clicktrail.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.delivery.EventTimes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawLogTest {

    private static final EventTimes TIMES = new EventTimeReader();

    @Test
    void aLaterRoundGetsTheSameLinesDatedLater(@TempDir Path folder) throws Exception {
        var log = RawLog.ofDemo(folder);
        var later = log.inRound(3);

        assertThat(later.size()).isEqualTo(log.size());
        int dated = 0;
        for (int number = 0; number < log.size(); number++) {
            var first = log.lines().get(number);
            var line = later.lines().get(number);
            assertThat(line.at() - first.at()).isEqualTo(Duration.ofDays(6).toMillis());
            long time = TIMES.latest(first.value());
            if (time != EventTimes.UNKNOWN) {
                dated++;
                assertThat(TIMES.latest(line.value()))
                        .as(text(line))
                        .isEqualTo(time + Duration.ofDays(6).toMillis());
            }
        }
        assertThat(dated).isGreaterThan(log.size() * 9 / 10);
    }

    private static String text(RawLog.Line line) {
        return new String(line.value(), StandardCharsets.UTF_8);
    }
}
