package io.clicktrail.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.standalone.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of the labelled benchmark in this process and through Kafka, the registry and the services. */
class EngineIdentityIT {
    private static final long SEED = 70011;
    private static final int HOSTS = 20;

    @Test
    void theLocalEngineEndsWithTheCasesOfTheStack(@TempDir Path folder) throws Exception {
        System.out.println("seed " + SEED);
        new DetectionWorkload(SEED, HOSTS, List.of(Half.values()), null)
                .invent()
                .write(folder);
        Path logs = folder.resolve(LabelledDay.LOGS);
        Path seen = folder.resolve(LabelledDay.SEEN);
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var quiet = new Terminal(nowhere, nowhere, false, false);

        DayPlayback local = DayPlayback.local(logs, seen, null, quiet);
        DayPlayback stack = DayPlayback.of(logs, seen, null, quiet);

        assertThat(local.cases()).hasSizeGreaterThan(5);
        assertThat(EngineDifferences.between(stack.cases(), local.cases())).isEmpty();
        assertThat(local.events()).isEqualTo(stack.events());
    }
}
