package io.clicktrail.benchmarks.faults;

import java.util.Locale;
import java.util.StringJoiner;

/** How long the steps of a round took, one after the other. */
final class StepTimes {

    private final StringJoiner all = new StringJoiner(", ");
    private long last = System.nanoTime();

    /** A step is over; the next begins. */
    void done(String step) {
        long now = System.nanoTime();
        all.add(String.format(Locale.ROOT, "%s %.1f", step, (now - last) / 1e9));
        last = now;
    }

    /** The steps, each with its seconds. */
    @Override
    public String toString() {
        return all.toString();
    }
}
