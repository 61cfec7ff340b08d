package io.clicktrail.enricher.kafka;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a host was seen to touch a tenant key: which further observations say something new. */
final class ObservationTimes {

    /** Less than the clock skew that is allowed for: of two observations within it, the earlier counts for both. */
    private static final Duration SAME = Duration.ofMinutes(1);

    /** How often the first-seen store hears that a host still touches a key. */
    private static final Duration REFRESH = Duration.ofDays(1);

    private @Nullable Instant remembered;
    private @Nullable Instant earliest;
    private @Nullable Instant latest;

    /** True where an observation shortly before counts for this one; else this one is to count for the next. */
    boolean isCovered(Instant time) {
        if (remembered != null && !time.isBefore(remembered) && time.isBefore(remembered.plus(SAME))) {
            return true;
        }
        remembered = time;
        return false;
    }

    /** True for the earliest observation so far, and for one of another day. */
    boolean isNews(Instant time) {
        if (earliest == null || latest == null) {
            earliest = time;
            latest = time;
            return true;
        }
        if (time.isBefore(earliest)) {
            earliest = time;
            return true;
        }
        if (time.isBefore(latest.plus(REFRESH))) {
            return false;
        }
        latest = time;
        return true;
    }
}
