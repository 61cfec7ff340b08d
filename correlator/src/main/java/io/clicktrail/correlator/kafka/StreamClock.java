package io.clicktrail.correlator.kafka;

import java.time.Duration;

/**
 * Stream time that also moves while a partition is quiet. Records move it to their timestamps. Once none has come for a while,
 * every tick of the wall clock moves it by as much as has passed since the last one. It never moves back.
 *
 * <p>All times are milliseconds since 1970.
 */
final class StreamClock {

    private static final long UNKNOWN = -1;

    private final long quietAfter;
    private long lastRecord;
    private long now = UNKNOWN;

    StreamClock(Duration quietAfter, long wallClock) {
        this.quietAfter = quietAfter.toMillis();
        this.lastRecord = wallClock;
    }

    /** A record came. */
    void record(long streamTime, long wallClock) {
        lastRecord = wallClock;
        now = Math.max(now, streamTime);
    }

    /** The wall clock ticked. */
    void tick(long streamTime, long wallClock) {
        if (streamTime != UNKNOWN && wallClock - lastRecord >= quietAfter) {
            now = Math.max(now, streamTime + wallClock - lastRecord);
        }
    }

    /** Whether any time is known yet. */
    boolean isSet() {
        return now != UNKNOWN;
    }

    long now() {
        return now;
    }
}
