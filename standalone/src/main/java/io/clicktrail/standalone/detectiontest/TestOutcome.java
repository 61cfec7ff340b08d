package io.clicktrail.standalone.detectiontest;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test gave.
 *
 * @param name of the test
 * @param file its file
 * @param failures each difference in a sentence; empty if it passed
 * @param error why it could not run, null if it ran
 * @param took from reading the file to the last case
 */
public record TestOutcome(
        String name,
        String file,
        List<String> failures,
        @Nullable String error,
        Duration took) {

    public TestOutcome {
        failures = List.copyOf(failures);
    }

    public boolean passed() {
        return failures.isEmpty() && error == null;
    }
}
