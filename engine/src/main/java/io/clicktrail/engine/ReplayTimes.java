package io.clicktrail.engine;

import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import java.util.Collection;

/**
 * How far time must move on after the last record until nothing waits any more.
 *
 * @param grace how long late evidence is waited for
 * @param windows longest time that a chain can stay open, at least two hours
 */
public record ReplayTimes(Duration grace, Duration windows) {

    private static final Duration BUILT_IN_GRACE = Duration.ofMinutes(10);
    private static final Duration BUILT_IN_WINDOWS = Duration.ofHours(2);

    /** More than the services' own ticks and settling. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** The times of the built-in tuning and of documents that replace it for a platform. */
    public static ReplayTimes of(Collection<Tuning> documents) {
        Duration grace = documents.isEmpty() ? BUILT_IN_GRACE : Duration.ZERO;
        Duration windows = BUILT_IN_WINDOWS;
        for (Tuning each : documents) {
            grace = longer(grace, Duration.ofMillis(each.getGraceMs()));
            windows = longer(
                    windows,
                    Duration.ofMillis(each.getTimeWindowMs() + each.getFollowOnMs() + each.getSkewMs())
                            .plusMillis(each.getGraceMs())
                            .plus(MARGIN));
        }
        return new ReplayTimes(grace, windows);
    }

    /** A time at which the grace of a record has passed, milliseconds since 1970. */
    public long pastGrace(long delivered) {
        return delivered + grace.plus(MARGIN).toMillis();
    }

    /** A time at which every window of a record has passed, milliseconds since 1970. */
    public long pastWindows(long delivered) {
        return delivered + grace.plus(windows).toMillis();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
