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
        var stories = RawLog.ofDemo(folder);
        for (int story = 0; story < stories.size(); story++) {
            assertIsDatedLater(
                    stories.get(story), RawLog.ofRound(stories, story + 3), Duration.ofDays(2 * (story + 3)));
        }
    }

    @Test
    void thereIsAStoryForEachPlatform(@TempDir Path folder) throws Exception {
        assertThat(RawLog.ofDemo(folder)).hasSize(3);
    }

    private static void assertIsDatedLater(RawLog log, RawLog later, Duration by) {
        assertThat(later.size()).isEqualTo(log.size());
        int dated = 0;
        for (int number = 0; number < log.size(); number++) {
            var first = log.lines().get(number);
            var line = later.lines().get(number);
            assertThat(line.at() - first.at()).isEqualTo(by.toMillis());
            long time = TIMES.latest(first.value());
            if (time != EventTimes.UNKNOWN) {
                dated++;
                assertThat(TIMES.latest(line.value())).as(text(line)).isEqualTo(time + by.toMillis());
            }
        }
        assertThat(dated).isGreaterThan(log.size() * 9 / 10);
    }

    private static String text(RawLog.Line line) {
        return new String(line.value(), StandardCharsets.UTF_8);
    }
}
