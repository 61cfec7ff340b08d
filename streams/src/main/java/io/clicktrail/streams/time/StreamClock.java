package io.clicktrail.streams.time;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Two readings of the time of a partition. The latest one is that of the records. It moves by the wall clock while no
 * record advances it, whether the partition is quiet or all its records are dated back, so that whatever waits or
 * expires does so at some time. The one that has passed follows it after a settling time on the wall clock: evidence
 * reaches a host over paths of different length, and while a backlog is worked off a second of the wall clock is an
 * hour of logs. In a quiet partition all has come, and the two are one. Neither moves back.
 *
 * <p>All times are milliseconds since 1970. Constant time and space, except for one reading per tick of the settling
 * time.
 */
public final class StreamClock {

    private record Reading(long wallClock, long streamTime) {}

    private final long quietAfter;
    private final long settling;
    private final ArrayDeque<Reading> unsettled = new ArrayDeque<>();
    private long lastRecord;
    private long lastAdvance;
    private long streamTime = -1;
    private long latest;
    private long passed;

    /**
     * A clock without a record.
     *
     * @param quietAfter wall-clock time without an advance after which time moves by the wall clock
     * @param settling wall-clock time after which stream time counts as passed
     * @param wallClock now
     */
    public StreamClock(Duration quietAfter, Duration settling, long wallClock) {
        this.quietAfter = quietAfter.toMillis();
        this.settling = settling.toMillis();
        this.lastRecord = wallClock;
        this.lastAdvance = wallClock;
    }

    /** A clock of which only the latest time is asked for. */
    public StreamClock(Duration quietAfter, long wallClock) {
        this(quietAfter, Duration.ZERO, wallClock);
    }

    /** A record came. */
    public void record(long recordTime, long wallClock) {
        lastRecord = wallClock;
        advance(recordTime, wallClock);
    }

    /** The wall clock ticked; the stream time is negative as long as no record has ever come. */
    public void tick(long currentStreamTime, long wallClock) {
        if (currentStreamTime >= 0) {
            // The stream time of before a restart is known without a record; it is as old as this clock.
            advance(currentStreamTime, streamTime < 0 ? lastAdvance : wallClock);
            if (wallClock - lastAdvance >= quietAfter) {
                latest = Math.max(latest, streamTime + wallClock - lastAdvance);
            }
            if (wallClock - lastRecord >= quietAfter) {
                passed = latest;
                unsettled.clear();
                return;
            }
        }
        unsettled.add(new Reading(wallClock, latest));
        while (!unsettled.isEmpty() && unsettled.getFirst().wallClock() + settling <= wallClock) {
            passed = unsettled.removeFirst().streamTime();
        }
    }

    /** The latest stream time; 0 before the first record. */
    public long latest() {
        return latest;
    }

    /** The stream time whose evidence has surely come; 0 before the first. */
    public long passed() {
        return passed;
    }

    private void advance(long to, long wallClock) {
        if (to > streamTime) {
            streamTime = to;
            lastAdvance = wallClock;
            latest = Math.max(latest, to);
        }
    }
}
