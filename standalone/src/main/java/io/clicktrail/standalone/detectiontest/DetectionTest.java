package io.clicktrail.standalone.detectiontest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One test of a file.
 *
 * @param name for reports
 * @param logs files or folders, at least one
 * @param tuning documents, at most one for each platform
 * @param intel files of indicators
 * @param leases files of leases
 * @param assets files of hosts, people, exercises and playbooks
 * @param histories files of domains' histories
 * @param seen names that are known for long
 * @param seenFile a file of more of them
 * @param learning how long the enricher learns, null for none
 * @param expected the cases, all of them
 */
record DetectionTest(
        String name,
        Path file,
        List<Path> logs,
        List<Path> tuning,
        List<Path> intel,
        List<Path> leases,
        List<Path> assets,
        List<Path> histories,
        List<String> seen,
        @Nullable Path seenFile,
        Duration learning,
        List<ExpectedCase> expected) {

    DetectionTest {
        logs = List.copyOf(logs);
        tuning = List.copyOf(tuning);
        intel = List.copyOf(intel);
        leases = List.copyOf(leases);
        assets = List.copyOf(assets);
        histories = List.copyOf(histories);
        seen = List.copyOf(seen);
        expected = List.copyOf(expected);
    }
}
