package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.log.LogCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A day of raw logs with what happened in it.
 *
 * @param seen names that the organisation has known for long
 * @param hosts number of machines
 */
record LabelledDay(LogCollector logs, List<Label> labels, List<String> seen, int hosts) {
    static final String LOGS = "logs";
    static final String TRUTH = "truth.tsv";
    static final String SEEN = "seen.txt";

    LabelledDay {
        labels = List.copyOf(labels);
        seen = List.copyOf(seen);
    }

    /** Writes {@value #LOGS}, {@value #TRUTH} and {@value #SEEN}. */
    void write(Path folder) throws IOException {
        logs.write(folder.resolve(LOGS));
        Files.writeString(folder.resolve(TRUTH), TruthFile.text(labels));
        Files.write(folder.resolve(SEEN), seen);
    }
}
