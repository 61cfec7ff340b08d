package io.clicktrail.normalizer.event;

import org.jspecify.annotations.Nullable;

/** Whole numbers as logs write them; what is none is absent. */
public final class Numbers {

    private static final int MAX_DIGITS = 18;

    private Numbers() {}

    /** A number that is not negative, decimal or {@code 0x} hex; a decimal fraction is cut off. */
    public static @Nullable Long whole(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        boolean isHex = text.length() > 2 && text.charAt(0) == '0' && (text.charAt(1) | 0x20) == 'x';
        int dot = isHex ? -1 : text.indexOf('.');
        int end = dot < 0 ? text.length() : dot;
        int from = isHex ? 2 : 0;
        while (from < end - 1 && text.charAt(from) == '0') {
            from++;
        }
        if (end <= from || end - from > (isHex ? 15 : MAX_DIGITS)) {
            return null;
        }
        int radix = isHex ? 16 : 10;
        long value = 0;
        for (int i = from; i < end; i++) {
            int digit = digit(text.charAt(i));
            if (digit >= radix) {
                return null;
            }
            value = value * radix + digit;
        }
        return dot < 0 || areDigits(text, dot + 1) ? (Long) value : null;
    }

    /** A port, 1 to 65535. */
    public static @Nullable Integer port(@Nullable String text) {
        Integer port = within(text, 65_535);
        return port == null || port == 0 ? null : port;
    }

    /** A number from 0 to {@code most}. */
    public static @Nullable Integer within(@Nullable String text, int most) {
        Long value = whole(text);
        return value == null || value > most ? null : (Integer) value.intValue();
    }

    /** The value of a hex digit; more than any for another character. */
    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : Integer.MAX_VALUE;
    }

    private static boolean areDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
