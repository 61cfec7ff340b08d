package io.clicktrail.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.standalone.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code explain} says of the hostile stories of a day that gave no case. */
class MissedStoriesTest {
    /** A day with one story that has too few points and one of which a sensor shows no click. */
    private static final long SEED = 70102;

    private static final int HOSTS = 30;

    @Test
    void explainNamesWhatDecidedForEachOfThem(@TempDir Path folder) throws Exception {
        System.out.println("seed " + SEED);
        LabelledDay day = new DetectionWorkload(SEED, HOSTS, List.of(Half.values()), null).invent();
        day.write(folder);
        Path logs = folder.resolve(LabelledDay.LOGS);
        Path seen = folder.resolve(LabelledDay.SEEN);
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        DayPlayback playback = DayPlayback.local(logs, seen, null, new Terminal(nowhere, nowhere, false, false));
        List<Label> missed = CaseScoring.of(
                        day.labels(),
                        playback.cases().stream()
                                .map(DetectionBenchmark::inShort)
                                .toList())
                .missed();

        var decided = new MissedStories(logs, seen, null, playback.cases()).explain(missed);

        assertThat(missed).isNotEmpty();
        assertThat(decided).containsOnlyKeys(missed).allSatisfy((label, what) -> {
            System.out.println(label.kind() + ": " + what);
            assertThat(what).as(label.toString()).isNotEmpty();
        });
    }
}
