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
        int radix = isHex ? 16 : 10;
        int from = isHex ? 2 : 0;
        int end = text.length();
        long value = 0;
        int digits = 0;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.' && !isHex && i > from) {
                return areDigits(text, i + 1) ? (Long) value : null;
            }
            int digit = digit(c);
            if (digit >= radix) {
                return null;
            }
            value = value * radix + digit;
            digits += value == 0 ? 0 : 1;
            if (digits > (isHex ? 15 : MAX_DIGITS)) {
                return null;
            }
        }
        return value;
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
