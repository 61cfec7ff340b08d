package io.clicktrail.standalone.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ways in which logs write a time: one constant for each. Fractions of seconds stay as they are. */
enum TimeForm {
    /** ISO 8601 and RFC 3339 with any fraction and zone, also with a blank in place of the T; UTC without a zone. */
    ISO("(\\d{4}-\\d{2}-\\d{2})([T ])(\\d{2}:\\d{2}:\\d{2})([.,]\\d{1,9})?(Z|[+-]\\d{2}:?\\d{2})?") {
        @Override
        Instant read(Matcher found, int year) {
            return LocalDateTime.of(LocalDate.parse(part(found, 1)), LocalTime.parse(part(found, 3)))
                    .toInstant(zone(part(found, 5)));
        }

        @Override
        String write(Matcher found, Instant moved) {
            LocalDateTime time = LocalDateTime.ofInstant(moved, zone(part(found, 5)));
            return time.toLocalDate() + part(found, 2) + CLOCK.format(time) + part(found, 4) + part(found, 5);
        }
    },

    /** The header of BSD syslog (RFC 3164), UTC, without a year. */
    SYSLOG("\\b(" + Months.NAMES + ") ([ \\d]\\d) (\\d{2}:\\d{2}:\\d{2})\\b") {
        @Override
        Instant read(Matcher found, int year) {
            int day = Integer.parseInt(part(found, 2).strip());
            return LocalDateTime.of(
                            LocalDate.of(year, Months.number(part(found, 1)), day), LocalTime.parse(part(found, 3)))
                    .toInstant(ZoneOffset.UTC);
        }

        @Override
        String write(Matcher found, Instant moved) {
            LocalDateTime time = LocalDateTime.ofInstant(moved, ZoneOffset.UTC);
            return String.format(
                    Locale.ROOT,
                    "%s %2d %s",
                    Months.SHORT[time.getMonthValue() - 1],
                    time.getDayOfMonth(),
                    CLOCK.format(time));
        }
    },

    /**
     * Seconds since 1970 with or without a fraction, and milli-, micro- and nanoseconds: Zeek, Squid, auditd's {@code
     * audit(1791967500.123:456)}.
     */
    EPOCH("(?<![\\w.-])(\\d{10})((?:\\d{3}){0,3})(?![\\w-])") {
        @Override
        Instant read(Matcher found, int year) {
            return Instant.ofEpochSecond(Long.parseLong(part(found, 1)));
        }

        @Override
        String write(Matcher found, Instant moved) {
            return moved.getEpochSecond() + part(found, 2);
        }
    };

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    final Pattern pattern;

    TimeForm(String regex) {
        this.pattern = Pattern.compile(regex);
    }

    /**
     * The time that was found, to the second.
     *
     * @param year the year of times without one
     * @throws DateTimeException where it only looks like a time
     */
    abstract Instant read(Matcher found, int year);

    /** Another time in the form of the one that was found. */
    abstract String write(Matcher found, Instant moved);

    private static ZoneOffset zone(String given) {
        return given.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(given);
    }

    /** A part of what was found; empty where it is not there. */
    private static String part(Matcher found, int group) {
        @Nullable String text = found.group(group);
        return text == null ? "" : text;
    }

    /** English names of months, as RFC 3164 has them. */
    private static final class Months {
        private static final String[] SHORT = {
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
        };
        private static final String NAMES = Arrays.stream(SHORT).collect(Collectors.joining("|"));

        static int number(String name) {
            return Arrays.asList(SHORT).indexOf(name) + 1;
        }
    }
}
