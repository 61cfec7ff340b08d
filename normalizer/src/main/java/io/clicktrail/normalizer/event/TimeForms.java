package io.clicktrail.normalizer.event;

import io.clicktrail.event.TimeQuality;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which devices write times, which differ in their shape: ISO, epoch in four units, {@code 2026/03/02
 * 10:00:05}, and with month names {@code Mar  2 10:00:05}, {@code Mar 02 2026 10:00:05.731 GMT}, {@code Mon Mar  2
 * 10:00:05 2026}, {@code Mon, 02 Mar 2026 10:00:05 +0100}, {@code 02/Mar/2026:10:00:05 +0000}, {@code 02-Mar-2026
 * 10:00:05.731}.
 *
 * <p>A month in digits between slashes with the year last is never guessed: see {@link #dayFirst}.
 */
public final class TimeForms {

    private static final int MAX_LENGTH = 64;
    private static final int ISO_LENGTH = 19;
    private static final long DAY_SECONDS = 86_400;
    private static final int ABSENT = -1;
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final String WEEKDAYS = "montuewedthufrisatsun";

    /** The zone names of RFC 822 and others that only one region uses; the rest are ambiguous. */
    private static final Map<String, Integer> ZONE_HOURS = Map.ofEntries(
            Map.entry("Z", 0),
            Map.entry("UT", 0),
            Map.entry("UTC", 0),
            Map.entry("GMT", 0),
            Map.entry("EST", -5),
            Map.entry("EDT", -4),
            Map.entry("CST", -6),
            Map.entry("CDT", -5),
            Map.entry("MST", -7),
            Map.entry("MDT", -6),
            Map.entry("PST", -8),
            Map.entry("PDT", -7),
            Map.entry("CET", 1),
            Map.entry("CEST", 2),
            Map.entry("WET", 0),
            Map.entry("WEST", 1),
            Map.entry("EET", 2),
            Map.entry("EEST", 3),
            Map.entry("MSK", 3),
            Map.entry("JST", 9),
            Map.entry("AKST", -9),
            Map.entry("AKDT", -8),
            Map.entry("HST", -10));

    private TimeForms() {}

    /**
     * Reads a time of any unambiguous form.
     *
     * @param zone the time zone of a time that is written without one
     * @param deliveredMillis decides the year of a time that is written without one, ms since 1970; negative where it
     *     is not known
     * @return null where the text is no such time
     */
    public static @Nullable EventTime read(@Nullable String text, ZoneId zone, long deliveredMillis) {
        if (text == null || text.length() > MAX_LENGTH || text.isEmpty()) {
            return null;
        }
        if (text.length() >= ISO_LENGTH && text.charAt(4) == '-') {
            EventTime time = EventTime.iso(text, zone, TimeQuality.ASSUMED_ZONE);
            int blank = time == null ? text.lastIndexOf(' ') : -1;
            ZoneId named = blank < ISO_LENGTH ? null : zone(text.substring(blank + 1));
            return named == null ? time : EventTime.iso(text.substring(0, blank), named, TimeQuality.EXACT);
        }
        EventTime epoch = EventTime.epoch(text);
        return epoch != null ? epoch : new Scanner(text, zone, deliveredMillis, false).read();
    }

    /** Reads {@code 02/03/2026 10:00:05} as the second of March, and all that {@link #read} reads. */
    public static @Nullable EventTime dayFirst(@Nullable String text, ZoneId zone, long deliveredMillis) {
        if (text == null || text.length() > MAX_LENGTH || text.length() < ISO_LENGTH || text.charAt(4) == '-') {
            return read(text, zone, deliveredMillis);
        }
        return new Scanner(text, zone, deliveredMillis, true).read();
    }

    /**
     * The zone of an offset, an abbreviation of RFC 822 or a region such as {@code Asia/Riyadh}; null where the text is
     * none.
     */
    public static @Nullable ZoneId zone(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
            return null;
        }
        ZoneId abbreviation = abbreviation(text);
        if (abbreviation != null) {
            return abbreviation;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * The zone of an abbreviation, alone or with hours after {@code UTC} or {@code GMT}: {@code CEST}, {@code UTC+1},
     * {@code GMT-03:30}; null where the text is none.
     */
    public static @Nullable ZoneId abbreviation(String text) {
        Integer hours = ZONE_HOURS.get(text);
        if (hours != null) {
            return ZoneOffset.ofHours(hours);
        }
        if (text.length() < 5 || !(text.startsWith("UTC") || text.startsWith("GMT"))) {
            return null;
        }
        try {
            return ZoneOffset.of(text.substring(3));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** One time, read from left to right. */
    private static final class Scanner {
        private final String text;
        private final ZoneId zone;
        private final long deliveredMillis;
        private final boolean isDayFirst;
        private int at;
        private int year = ABSENT;
        private int month = ABSENT;
        private int day = ABSENT;
        private int secondOfDay = ABSENT;
        private int micros;

        Scanner(String text, ZoneId zone, long deliveredMillis, boolean isDayFirst) {
            this.text = text;
            this.zone = zone;
            this.deliveredMillis = deliveredMillis;
            this.isDayFirst = isDayFirst;
        }

        @Nullable
        EventTime read() {
            skip(" [");
            if (threeLetters(WEEKDAYS) >= 0) {
                at += 3;
                skip(", ");
            }
            if (!(date() && clock())) {
                return null;
            }
            skip(" ");
            if (year == ABSENT && isYear()) {
                year = number(4);
                skip(" ");
            }
            String named = text.substring(at, zoneEnd());
            if (year == ABSENT) {
                return yearless();
            }
            return dated(named);
        }

        private @Nullable EventTime dated(String named) {
            if (month < 1 || month > 12 || day < 1 || day > EventTime.daysIn(year, month)) {
                return null;
            }
            long seconds = EventTime.epochDay(year, month, day) * DAY_SECONDS + secondOfDay;
            ZoneId own = named.isEmpty() ? null : zone(named);
            if (own instanceof ZoneOffset offset) {
                return EventTime.of((seconds - offset.getTotalSeconds()) * 1_000_000 + micros, TimeQuality.EXACT);
            }
            return own == null
                    ? EventTime.local(seconds, micros, zone, TimeQuality.ASSUMED_ZONE)
                    : EventTime.local(seconds, micros, own, TimeQuality.EXACT);
        }

        private @Nullable EventTime yearless() {
            if (deliveredMillis < 0 || month < 1 || month > 12 || day < 1) {
                return null;
            }
            EventTime whole = EventTime.yearless(month, day, secondOfDay, zone, deliveredMillis);
            return whole == null ? null : EventTime.of(whole.micros() + micros, whole.quality());
        }

        /** A date, in the order that its first characters imply; leaves {@code at} before the clock. */
        private boolean date() {
            int named = threeLetters(MONTHS);
            if (named >= 0) {
                month = named + 1;
                at += 3;
                skip(" ");
                day = number(2);
                skip(", ");
                if (isYear()) {
                    year = number(4);
                    skip(" ,");
                }
                return day > 0;
            }
            if (isYear()) {
                year = number(4);
                return take('/') && (month = number(2)) > 0 && take('/') && (day = number(2)) > 0 && skip(" T");
            }
            if (isBeforeDash()) {
                month = number(2);
                at++;
                day = number(2);
                year = take('/') ? isYear() ? number(4) : 2000 + number(2) : ABSENT;
                return take('-');
            }
            day = number(2);
            if (day <= 0 || !skip("/- ")) {
                return false;
            }
            named = threeLetters(MONTHS);
            if (named >= 0) {
                month = named + 1;
                at += 3;
            } else if (isDayFirst) {
                month = number(2);
            }
            if (month <= 0 || !skip("/- ") || !isYear()) {
                return false;
            }
            year = number(4);
            return skip(": ,");
        }

        /** {@code 03/02-10:00:05} and {@code 03/02/2026-10:00:05} of Snort and Suricata, month first. */
        private boolean isBeforeDash() {
            int dash = text.indexOf('-', at);
            return dash - at >= 5
                    && text.charAt(at + 2) == '/'
                    && (dash - at == 5 || text.charAt(at + 5) == '/' && dash - at <= 10)
                    && isDigit(at + 1)
                    && isDigit(at + 3);
        }

        private boolean clock() {
            int hour = number(2);
            if (hour < 0 || hour > 23 || !take(':')) {
                return false;
            }
            int minute = number(2);
            if (minute < 0 || minute > 59 || !take(':')) {
                return false;
            }
            int second = number(2);
            if (second < 0 || second > 60) {
                return false;
            }
            secondOfDay = hour * 3600 + minute * 60 + Math.min(second, 59);
            if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
                int scale = 100_000;
                for (at++; at < text.length() && isDigit(at); at++) {
                    micros += (text.charAt(at) - '0') * scale;
                    scale /= 10;
                }
            }
            return true;
        }

        private boolean isYear() {
            return at + 4 <= text.length()
                    && isDigit(at)
                    && isDigit(at + 1)
                    && isDigit(at + 2)
                    && isDigit(at + 3)
                    && (at + 4 == text.length() || !isDigit(at + 4));
        }

        private int zoneEnd() {
            int end = at;
            while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != ']') {
                end++;
            }
            return end;
        }

        /** Reads up to so many digits; -1 where there is none. */
        private int number(int most) {
            int from = at;
            int value = 0;
            while (at < text.length() && at - from < most && isDigit(at)) {
                value = value * 10 + (text.charAt(at++) - '0');
            }
            return at == from ? ABSENT : value;
        }

        private boolean take(char expected) {
            if (at < text.length() && text.charAt(at) == expected) {
                at++;
                return true;
            }
            return false;
        }

        private boolean skip(String characters) {
            int from = at;
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at > from;
        }

        private int threeLetters(String names) {
            for (int i = 0; i < names.length(); i += 3) {
                if (text.regionMatches(true, at, names, i, 3)) {
                    return i / 3;
                }
            }
            return ABSENT;
        }

        private boolean isDigit(int i) {
            return text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
    }
}
