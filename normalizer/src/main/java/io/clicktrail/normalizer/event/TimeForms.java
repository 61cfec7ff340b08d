package io.clicktrail.normalizer.event;

import org.jspecify.annotations.Nullable;

/** Times as devices write them, turned into ISO text or epoch seconds for {@link EventTime}. */
public final class TimeForms {

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int NANOS_DIGITS = 18;
    private static final int MICROS_DIGITS = 15;

    private TimeForms() {}

    /**
     * The ISO text of {@code 02/Mar/2026:10:00:05 +0000}, {@code 02-Mar-2026 10:00:05.123}, {@code 02/03/2026 10:00:05} (day first) and ctime's {@code
     * Mon Mar  2 10:00:05 2026} and {@code 2026/03/02 10:00:05}; other texts as they are.
     */
    public static @Nullable String iso(@Nullable String text) {
        if (text == null || text.length() < 19) {
            return text;
        }
        char third = text.charAt(2);
        if (isDigit(text.charAt(0)) && (third == '/' || third == '-')) {
            return dayFirst(text);
        }
        if (text.charAt(4) == '/' && text.charAt(7) == '/') {
            return text.substring(0, 4) + "-" + text.substring(5, 7) + "-" + text.substring(8);
        }
        return text.charAt(3) == ' ' && text.length() >= 24 ? ctime(text) : text;
    }

    /** Seconds, milliseconds, microseconds or nanoseconds since 1970, told by their digits. */
    public static @Nullable EventTime epoch(@Nullable String text) {
        int digits = text == null || text.indexOf('.') >= 0 ? 0 : text.length();
        if (text == null || digits < MICROS_DIGITS || digits > 19) {
            return EventTime.epoch(text);
        }
        int seconds = digits - (digits >= NANOS_DIGITS ? 9 : 6);
        return EventTime.epoch(text.substring(0, seconds) + "." + text.substring(seconds));
    }

    private static String dayFirst(String text) {
        String day = text.substring(0, 2);
        if (isDigit(text.charAt(3))) {
            return text.substring(6, 10) + "-" + text.substring(3, 5) + "-" + day + " " + text.substring(11);
        }
        if (text.length() < 20) {
            return text;
        }
        return text.substring(7, 11) + "-" + month(text, 3) + "-" + day + " " + text.substring(12);
    }

    private static String ctime(String text) {
        String day = (text.charAt(8) == ' ' ? "0" : text.substring(8, 9)) + text.charAt(9);
        return text.substring(20, 24) + "-" + month(text, 4) + "-" + day + " " + text.substring(11, 19);
    }

    private static String month(String text, int from) {
        int index = MONTHS.indexOf(text.substring(from, from + 3));
        if (index < 0 || index % 3 != 0) {
            return "00";
        }
        int month = index / 3 + 1;
        return month < 10 ? "0" + month : Integer.toString(month);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
