package io.clicktrail.normalizer.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Hardware addresses in lower case, their six bytes separated by colons. */
public final class MacAddresses {

    private static final int DIGITS = 12;
    private static final int CANONICAL = 17;

    private MacAddresses() {}

    /** An address with other separators or without; any other text in lower case. */
    public static @Nullable String canonical(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.length() == CANONICAL) {
            return lower.replace('-', ':');
        }
        String digits = lower.replace(".", "");
        return digits.length() == DIGITS && isHex(digits) ? separated(digits) : lower;
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    private static String separated(String digits) {
        StringBuilder address = new StringBuilder(CANONICAL).append(digits, 0, 2);
        for (int at = 2; at < DIGITS; at += 2) {
            address.append(':').append(digits, at, at + 2);
        }
        return address.toString();
    }
}
