package io.clicktrail.benchmarks.faults;

import java.time.Duration;

/** The moment by which a round has to be done. */
final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** @throws MissedException if it has passed */
    void require(String waitingFor) throws MissedException {
        if (System.nanoTime() - end > 0) {
            throw new MissedException(waitingFor);
        }
    }

    /** A round took too long. */
    static final class MissedException extends Exception {

        private static final long serialVersionUID = 1;

        MissedException(String waitingFor) {
            super("not done in time: " + waitingFor);
        }
    }
}
