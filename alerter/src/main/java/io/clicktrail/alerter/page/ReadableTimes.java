package io.clicktrail.alerter.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times for people, in UTC. */
final class ReadableTimes {

    private static final DateTimeFormatter CLOCK = format("HH:mm:ss.SSS");
    private static final DateTimeFormatter SECOND = format("HH:mm:ss");
    private static final DateTimeFormatter DAY = format("yyyy-MM-dd");
    private static final DateTimeFormatter DATE_TIME = format("yyyy-MM-dd HH:mm:ss 'UTC'");

    private ReadableTimes() {}

    static String clock(Instant time) {
        return CLOCK.format(time);
    }

    static String second(Instant time) {
        return SECOND.format(time);
    }

    static String day(Instant time) {
        return DAY.format(time);
    }

    static String dateTime(Instant time) {
        return DATE_TIME.format(time);
    }

    /** A length of time in its two largest units, for example 1 h 20 min. */
    static String length(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 1) {
            return length.toMillis() + " ms";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, " min", seconds % 60, " s");
        }
        return seconds < 86_400
                ? two(seconds / 3600, " h", seconds % 3600 / 60, " min")
                : two(seconds / 86_400, " d", seconds % 86_400 / 3600, " h");
    }

    /** The time between two events; empty below a second. */
    static String pause(Duration length) {
        return length.toSeconds() < 1 ? "" : "+" + length(length);
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + unit + (small == 0 ? "" : " " + small + smallUnit);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
