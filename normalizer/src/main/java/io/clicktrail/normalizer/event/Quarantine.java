package io.clicktrail.normalizer.event;

import org.jspecify.annotations.Nullable;

/**
 * The value of macOS's attribute {@code com.apple.quarantine}, {@code flags;hex seconds since 1970;agent;UUID}. The URL
 * is not in it.
 *
 * @param time when the file was marked
 * @param agent the application that marked it
 */
public record Quarantine(@Nullable EventTime time, @Nullable String agent) {

    /** The name of the attribute. */
    public static final String ATTRIBUTE = "com.apple.quarantine";

    private static final int HEX = 16;
    private static final int MAX_HEX = 12;

    /** Null where the text is no such value. */
    public static @Nullable Quarantine of(@Nullable String value) {
        int first = value == null ? -1 : value.indexOf(';');
        int second = first < 0 || value == null ? -1 : value.indexOf(';', first + 1);
        if (value == null || second < 0) {
            return null;
        }
        int third = value.indexOf(';', second + 1);
        String agent =
                value.substring(second + 1, third < 0 ? value.length() : third).replace("\\x20", " ");
        return new Quarantine(time(value.substring(first + 1, second)), Placeholders.absent(agent));
    }

    private static @Nullable EventTime time(String hex) {
        if (hex.isEmpty() || hex.length() > MAX_HEX) {
            return null;
        }
        for (int i = 0; i < hex.length(); i++) {
            if (Character.digit(hex.charAt(i), HEX) < 0) {
                return null;
            }
        }
        return EventTime.epoch(Long.toString(Long.parseLong(hex, HEX)));
    }
}
