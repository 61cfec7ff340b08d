package io.clicktrail.streams.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Notices that the wall clock was set back, by comparing it with a clock that only measures.
 *
 * <p>Kafka Streams and Kafka's clients note moments of the wall clock: of the last commit, the next punctuation, the
 * last request for metadata, the last attempt to connect. After a step back those are in the future, and until it comes
 * nothing is committed, no punctuation happens, and no new leader is found. What starts after the step has none of
 * them. A step ahead does no such harm: what waits is due at once.
 */
public final class ClockSteps {

    /** Whatever hangs because of a shorter step, or a slewed clock, goes on by itself soon enough. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final InstantSource wallClock;
    private final LongSupplier nanos;
    private Duration offset;

    /**
     * Compares two clocks from now on.
     *
     * @param nanos of the clock that only measures, see {@link System#nanoTime()}
     */
    public ClockSteps(InstantSource wallClock, LongSupplier nanos) {
        this.wallClock = wallClock;
        this.nanos = nanos;
        offset = offset();
    }

    /** How far the wall clock was set back since the last call; zero if not, or by less than 10 s. */
    public Duration setBack() {
        var before = offset;
        offset = offset();
        var back = before.minus(offset);
        return back.compareTo(LEAST) < 0 ? Duration.ZERO : back;
    }

    private Duration offset() {
        return Duration.ofMillis(wallClock.millis()).minusNanos(nanos.getAsLong());
    }
}
