package io.clicktrail.standalone.delivery;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;

/**
 * Moves all times inside the text of log records by the same number of whole seconds: headers of syslog, ISO 8601, and
 * seconds since 1970. A number that only looks like a time is recognised by the span of the logs: what is more than a
 * day outside of it stays as it is.
 *
 * <p>Works on the bytes as Latin-1, so that all others stay what they are.
 *
 * @param first earliest time in the logs
 * @param last latest time in the logs
 * @param by whole seconds
 */
public record TimeShift(Instant first, Instant last, Duration by) {
    private static final Duration MARGIN = Duration.ofDays(1);

    /** @throws IllegalArgumentException for parts of a second */
    public TimeShift {
        if (by.getNano() != 0) {
            throw new IllegalArgumentException("times move by whole seconds, as some of them have no parts of one");
        }
    }

    /** Moves logs so that their last second ends at a time. */
    public static TimeShift to(Instant end, Instant first, Instant last) {
        return new TimeShift(
                first, last, Duration.ofSeconds(Duration.between(last, end).toSeconds()));
    }

    /** The record with all its times moved. */
    public byte[] move(byte[] record) {
        String text = new String(record, StandardCharsets.ISO_8859_1);
        for (TimeForm form : TimeForm.values()) {
            Matcher found = form.pattern.matcher(text);
            var moved = new StringBuilder(text.length());
            while (found.find()) {
                found.appendReplacement(moved, Matcher.quoteReplacement(moved(form, found)));
            }
            text = found.appendTail(moved).toString();
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String moved(TimeForm form, Matcher found) {
        try {
            Instant time = form.read(found, last.atOffset(ZoneOffset.UTC).getYear());
            return time.isBefore(first.minus(MARGIN)) || time.isAfter(last.plus(MARGIN))
                    ? found.group()
                    : form.write(found, time.plus(by));
        } catch (DateTimeException e) {
            return found.group();
        }
    }
}
