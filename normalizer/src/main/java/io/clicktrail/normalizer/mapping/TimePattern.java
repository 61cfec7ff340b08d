package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Numbers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a time is written, in the letters of {@link DateTimeFormatter}. One of digits, AM and PM and signs between them
 * is read from left to right; what is not read so is left to the formatter, which takes about ten times as long.
 */
final class TimePattern {

    private static final String DIGITS = "yMdHhms";
    private static final int BASE_YEAR = 2000;

    /** Seconds from where macOS's own clock begins, and seconds from 1970 in hexadecimal digits. */
    private static final String SINCE_2001 = "seconds since 2001";

    private static final String HEX = "seconds in hex";
    private static final long YEAR_2001 = 978_307_200L;

    private final DateTimeFormatter formatter;

    /** The pattern where it holds only what is read from left to right; else null. */
    private final @Nullable String pattern;

    private TimePattern(DateTimeFormatter formatter, @Nullable String pattern) {
        this.formatter = formatter;
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException if the text is no pattern */
    static TimePattern of(String text) {
        if (text.equals(SINCE_2001) || text.equals(HEX)) {
            return new TimePattern(DateTimeFormatter.ISO_INSTANT, text);
        }
        boolean isSimple = text.indexOf('y') >= 0;
        for (char c : text.toCharArray()) {
            isSimple &= DIGITS.indexOf(c) >= 0 || c == 'a' || " /.:-T,".indexOf(c) >= 0;
        }
        isSimple &= (text.indexOf('h') >= 0) == (text.indexOf('a') >= 0) && !text.contains("MMM");
        return new TimePattern(
                DateTimeFormatter.ofPattern(text.replace("T", "'T'"), Locale.ENGLISH), isSimple ? text : null);
    }

    /** The time of a text, in a zone where it has none; null where it is none. */
    @Nullable
    EventTime read(String text, ZoneId zone) {
        if (SINCE_2001.equals(pattern)) {
            Long seconds = Numbers.whole(text);
            return seconds == null ? null : EventTime.epoch(Long.toString(seconds + YEAR_2001));
        }
        if (HEX.equals(pattern)) {
            return text.matches("[0-9a-fA-F]{1,12}") ? EventTime.epoch(Long.toString(Long.parseLong(text, 16))) : null;
        }
        try {
            LocalDateTime clock = pattern == null ? null : clock(pattern, text);
            if (clock != null) {
                return EventTime.local(clock, zone);
            }
            TemporalAccessor parsed = formatter.parseBest(text, Instant::from, LocalDateTime::from);
            return parsed instanceof Instant instant
                    ? EventTime.of(instant)
                    : EventTime.local((LocalDateTime) parsed, zone);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable LocalDateTime clock(String pattern, String text) {
        int[] parts = new int[DIGITS.length()];
        int half = -1;
        int at = 0;
        int i = 0;
        while (i < pattern.length()) {
            char letter = pattern.charAt(i);
            int run = 1;
            while (i + run < pattern.length() && pattern.charAt(i + run) == letter) {
                run++;
            }
            int part = DIGITS.indexOf(letter);
            i += part < 0 ? 1 : run;
            if (part < 0) {
                if (at >= text.length() || letter != 'a' && text.charAt(at) != letter) {
                    return null;
                }
                if (letter == 'a') {
                    half = text.startsWith("PM", at) ? 12 : 0;
                    at += half > 0 || text.startsWith("AM", at) ? 1 : text.length();
                }
                at++;
                continue;
            }
            int most = at + (run == 1 ? 2 : run);
            int from = at;
            while (at < text.length() && at < most && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                parts[part] = parts[part] * 10 + (text.charAt(at++) - '0');
            }
            if (at - from < run) {
                return null;
            }
        }
        int hour = half < 0 ? parts[3] : parts[4] % 12 + half;
        return at == text.length() && parts[4] <= 12
                ? LocalDateTime.of(
                        pattern.contains("yyyy") ? parts[0] : BASE_YEAR + parts[0],
                        parts[1],
                        parts[2],
                        hour,
                        parts[5],
                        parts[6])
                : null;
    }
}
