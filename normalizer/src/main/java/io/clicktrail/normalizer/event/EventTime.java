package io.clicktrail.normalizer.event;

import io.clicktrail.event.TimeQuality;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A time that a log record carries, with what was assumed to read it.
 *
 * @param micros µs since 1970-01-01T00:00Z, within the years 1970 to 9999
 */
public record EventTime(long micros, TimeQuality quality) {

    private static final long MICROS_END = 253_402_300_800_000_000L;
    private static final long MILLIS_FROM = 100_000_000_000L;
    private static final long MICROS_FROM = 100_000_000_000_000L;
    private static final long MICROS_TO = 100_000_000_000_000_000L;
    private static final long NANOS_FROM = 1_000_000_000_000_000_000L;
    private static final int EPOCH_DIGITS = 19;
    private static final long DAY_SECONDS = 86_400;
    private static final long QUARTER_MICROS = 900_000_000;
    private static final long MAX_QUARTERS = 14 * 4;
    private static final long MAX_LAG_MICROS = 120_000_000;
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    public Instant instant() {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L);
    }

    /** The time of an instant; null where it is outside the years 1970 to 9999. */
    public static @Nullable EventTime of(Instant instant) {
        long seconds = instant.getEpochSecond();
        return Math.abs(seconds) > MICROS_END / 1_000_000
                ? null
                : of(seconds * 1_000_000 + instant.getNano() / 1000, TimeQuality.EXACT);
    }

    /** The time that a clock in a zone shows; null where it is outside the years 1970 to 9999. */
    public static @Nullable EventTime local(LocalDateTime clock, ZoneId zone) {
        EventTime time = of(clock.atZone(zone).toInstant());
        return time == null ? null : new EventTime(time.micros, TimeQuality.ASSUMED_ZONE);
    }

    /**
     * A time whose zone was assumed, in the zone that another writing of the same time shows: the two differ by
     * quarters of an hour and at most two minutes. The time itself where the other is no such writing.
     */
    public EventTime inZoneOf(@Nullable EventTime other) {
        if (other == null || other.quality != TimeQuality.EXACT) {
            return this;
        }
        long difference = other.micros - micros;
        long quarters = Math.floorDiv(difference + QUARTER_MICROS / 2, QUARTER_MICROS);
        boolean isZone = Math.abs(quarters) <= MAX_QUARTERS
                && Math.abs(difference - quarters * QUARTER_MICROS) <= MAX_LAG_MICROS;
        return isZone ? new EventTime(micros + quarters * QUARTER_MICROS, TimeQuality.EXACT) : this;
    }

    /** The time in whole milliseconds, cut: what every container of one event agrees on. */
    public long millis() {
        return micros / 1000;
    }

    /**
     * Reads {@code 2025-10-24T23:34:34.6406701Z} and its kin: a blank for the T, 0 to 9 digits of a fraction, {@code
     * Z}, {@code +02:00}, {@code +0200} or no zone.
     *
     * @param zone the time zone of a time that is written without one
     * @param quality what the time is worth where it has no zone
     * @return null where the text is no such time
     */
    public static @Nullable EventTime iso(@Nullable String text, ZoneId zone, TimeQuality quality) {
        if (text == null || text.length() < 19 || text.length() > 48) {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        char t = text.charAt(10);
        if ((year | month | day | hour | minute | second) < 0
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || (t != 'T' && t != ' ' && t != 't')
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        if (month < 1
                || month > 12
                || day < 1
                || day > daysIn(year, month)
                || hour > 23
                || minute > 59
                || second > 60) {
            return null;
        }
        int at = 19;
        int fraction = fraction(text, at);
        if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
            at++;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
        }
        if (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        long seconds = epochDay(year, month, day) * DAY_SECONDS + hour * 3600L + minute * 60L + second;
        if (at == text.length()) {
            return local(seconds, fraction, zone, quality);
        }
        int offset = offsetSeconds(text, at);
        return offset == Integer.MIN_VALUE ? null : of((seconds - offset) * 1_000_000 + fraction, TimeQuality.EXACT);
    }

    /**
     * Reads seconds since 1970 with or without a fraction; from 12 digits on milliseconds, from 15 on microseconds, and
     * with 19 nanoseconds.
     */
    public static @Nullable EventTime epoch(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 32) {
            return null;
        }
        if (text.length() > 2 && text.charAt(1) == '.' && text.indexOf('E') > 0) {
            return epoch(plain(text));
        }
        long whole = 0;
        int at = 0;
        for (; at < text.length() && isDigit(text.charAt(at)); at++) {
            whole = whole * 10 + (text.charAt(at) - '0');
            if (at == EPOCH_DIGITS || whole < 0) {
                return null;
            }
        }
        if (at == 0) {
            return null;
        }
        int fraction = 0;
        if (at < text.length()) {
            if (text.charAt(at) != '.') {
                return null;
            }
            int scale = 100_000;
            for (at++; at < text.length(); at++) {
                if (!isDigit(text.charAt(at))) {
                    return null;
                }
                fraction += (text.charAt(at) - '0') * scale;
                scale /= 10;
            }
        }
        if (whole >= NANOS_FROM) {
            return of(whole / 1000, TimeQuality.EXACT);
        }
        if (whole >= MICROS_FROM) {
            return whole >= MICROS_TO ? null : of(whole, TimeQuality.EXACT);
        }
        if (whole >= MILLIS_FROM) {
            return of(whole * 1000 + fraction / 1000, TimeQuality.EXACT);
        }
        return of(whole * 1_000_000 + fraction, TimeQuality.EXACT);
    }

    /** {@code 1.772445605731E9}, as JSON writers put large fractions, without its exponent. */
    private static @Nullable String plain(String text) {
        int exponent = text.indexOf('E');
        int size = text.length() - exponent > 3 ? -1 : digits(text, exponent + 1, text.length());
        int shown = exponent - 2;
        if (size < 1 || size > EPOCH_DIGITS) {
            return null;
        }
        String digits = text.charAt(0) + text.substring(2, exponent) + "0".repeat(Math.max(0, size - shown));
        return digits.substring(0, size + 1) + (shown > size ? "." + digits.substring(size + 1) : "");
    }

    /**
     * Reads an epoch number or an ISO text of a source whose times are UTC by its documentation, also where the zone is
     * left out.
     */
    public static @Nullable EventTime utc(@Nullable String text) {
        EventTime epoch = epoch(text);
        return epoch == null ? iso(text, ZoneOffset.UTC, TimeQuality.EXACT) : epoch;
    }

    /**
     * Reads the yearless {@code Oct 11 22:14:15} of RFC 3164, with or without a fraction, as of the year that puts it
     * nearest the delivery.
     *
     * @param deliveredMillis when the record was delivered, ms since 1970
     */
    public static @Nullable EventTime yearless(String text, ZoneId zone, long deliveredMillis) {
        if (text.length() < 15) {
            return null;
        }
        int month = MONTHS.indexOf(text.substring(0, 3));
        int day = text.charAt(4) == ' ' ? digits(text, 5, 6) : digits(text, 4, 6);
        int hour = digits(text, 7, 9);
        int minute = digits(text, 10, 12);
        int second = digits(text, 13, 15);
        if (month < 0 || month % 3 != 0 || (day | hour | minute | second) < 0 || second > 59) {
            return null;
        }
        EventTime whole = hour > 23 || minute > 59
                ? null
                : yearless(month / 3 + 1, day, hour * 3600 + minute * 60 + second, zone, deliveredMillis);
        return whole == null ? null : of(whole.micros + fraction(text, 15), whole.quality);
    }

    /** The µs of a fraction that begins at a place with a point or a comma; 0 where none does. */
    private static int fraction(String text, int from) {
        int micros = 0;
        if (from < text.length() && (text.charAt(from) == '.' || text.charAt(from) == ',')) {
            int scale = 100_000;
            for (int at = from + 1; at < text.length() && isDigit(text.charAt(at)); at++) {
                micros += (text.charAt(at) - '0') * scale;
                scale /= 10;
            }
        }
        return micros;
    }

    /**
     * The time of a day in the year that puts it nearest the delivery, and not at all in a year that has no such day.
     */
    static @Nullable EventTime yearless(int month, int day, int secondOfDay, ZoneId zone, long deliveredMillis) {
        Instant instant = Instant.ofEpochMilli(deliveredMillis);
        long delivered =
                instant.getEpochSecond() + zone.getRules().getOffset(instant).getTotalSeconds();
        int deliveredYear =
                LocalDate.ofEpochDay(Math.floorDiv(delivered, DAY_SECONDS)).getYear();
        long nearest = Long.MIN_VALUE;
        for (int year = deliveredYear - 1; year <= deliveredYear + 1; year++) {
            if (day < 1 || day > daysIn(year, month)) {
                continue;
            }
            long local = epochDay(year, month, day) * DAY_SECONDS + secondOfDay;
            if (nearest == Long.MIN_VALUE || Math.abs(delivered - local) < Math.abs(delivered - nearest)) {
                nearest = local;
            }
        }
        return nearest == Long.MIN_VALUE ? null : local(nearest, 0, zone, TimeQuality.ASSUMED_YEAR);
    }

    static @Nullable EventTime of(long micros, TimeQuality quality) {
        return micros < 0 || micros >= MICROS_END ? null : new EventTime(micros, quality);
    }

    static @Nullable EventTime local(long seconds, int fraction, ZoneId zone, TimeQuality quality) {
        if (zone == ZoneOffset.UTC) {
            return of(seconds * 1_000_000 + fraction, quality);
        }
        try {
            long utc = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC)
                    .atZone(zone)
                    .toEpochSecond();
            return of(utc * 1_000_000 + fraction, quality);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int offsetSeconds(String text, int at) {
        char sign = text.charAt(at);
        int left = text.length() - at;
        if ((sign == 'Z' || sign == 'z') && left == 1) {
            return 0;
        }
        if (sign != '+' && sign != '-') {
            return Integer.MIN_VALUE;
        }
        int hours = left >= 3 ? digits(text, at + 1, at + 3) : -1;
        int minutes = switch (left) {
            case 3 -> 0;
            case 5 -> digits(text, at + 3, at + 5);
            case 6 -> text.charAt(at + 3) == ':' ? digits(text, at + 4, at + 6) : -1;
            default -> -1;
        };
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int offset = hours * 3600 + minutes * 60;
        return sign == '-' ? -offset : offset;
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March. */
    static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
