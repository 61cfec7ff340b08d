package io.clicktrail.engine.topology;

/** The wall clock of tasks, milliseconds since 1970; it moves only when it is set. */
final class WallClock {

    private long millis;

    long millis() {
        return millis;
    }

    void set(long now) {
        millis = now;
    }
}
