package io.clicktrail.benchmarks.detection.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Forms of time, all UTC. */
final class Times {
    private static final DateTimeFormatter MILLIS = form("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter SEVEN_DIGITS = form("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'");
    private static final DateTimeFormatter NINE_DIGITS = form("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");
    private static final DateTimeFormatter SECONDS = form("yyyy-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter SYSMON = form("yyyy-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter EVE = form("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+0000'");
    private static final DateTimeFormatter UNIFIED = form("yyyy-MM-dd HH:mm:ss.SSSSSS'+0000'");

    private Times() {}

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    static String millis(Instant at) {
        return MILLIS.format(at);
    }

    static String sevenDigits(Instant at) {
        return SEVEN_DIGITS.format(at);
    }

    static String nineDigits(Instant at) {
        return NINE_DIGITS.format(at);
    }

    static String seconds(Instant at) {
        return SECONDS.format(at);
    }

    static String sysmon(Instant at) {
        return SYSMON.format(at);
    }

    static String eve(Instant at) {
        return EVE.format(at);
    }

    static String unified(Instant at) {
        return UNIFIED.format(at);
    }

    /** Seconds since 1970 with so many decimals. */
    static String epoch(Instant at, int decimals) {
        String nanos = String.format(Locale.ROOT, "%09d", at.getNano());
        return at.getEpochSecond() + "." + nanos.substring(0, decimals);
    }
}
