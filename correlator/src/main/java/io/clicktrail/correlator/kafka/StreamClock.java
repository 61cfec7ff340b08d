package io.clicktrail.correlator.kafka;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Two readings of stream time. The latest one is that of the records, and moves by the wall clock while a partition is
 * quiet. The one that has passed follows it after a settling time on the wall clock: evidence reaches a host over paths
 * of different length, and while a backlog is worked off a second of the wall clock is an hour of logs. In a quiet
 * partition all has come, and the two are one. Neither moves back.
 *
 * <p>All times are milliseconds since 1970.
 */
final class StreamClock {

    private record Reading(long wallClock, long streamTime) {}

    private final long quietAfter;
    private final long settling;
    private final ArrayDeque<Reading> unsettled = new ArrayDeque<>();
    private long lastRecord;
    private long latest;
    private long passed;

    StreamClock(Duration quietAfter, Duration settling, long wallClock) {
        this.quietAfter = quietAfter.toMillis();
        this.settling = settling.toMillis();
        this.lastRecord = wallClock;
    }

    /** A record came. */
    void record(long streamTime, long wallClock) {
        lastRecord = wallClock;
        latest = Math.max(latest, streamTime);
    }

    /** The wall clock ticked; the stream time is negative as long as no record has ever come. */
    void tick(long streamTime, long wallClock) {
        if (streamTime >= 0 && wallClock - lastRecord >= quietAfter) {
            latest = Math.max(latest, streamTime + wallClock - lastRecord);
            passed = latest;
            unsettled.clear();
            return;
        }
        unsettled.add(new Reading(wallClock, latest));
        while (!unsettled.isEmpty() && unsettled.getFirst().wallClock() + settling <= wallClock) {
            passed = unsettled.removeFirst().streamTime();
        }
    }

    /** The latest stream time; 0 before the first record. */
    long latest() {
        return latest;
    }

    /** The stream time whose evidence has surely come; 0 before the first. */
    long passed() {
        return passed;
    }
}
