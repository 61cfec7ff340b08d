package io.clicktrail.normalizer.event;

import org.jspecify.annotations.Nullable;

/** Texts that vendors write for "no value". */
public final class Placeholders {

    private Placeholders() {}

    /** The text, or null where it stands for an absent value. */
    public static @Nullable String absent(@Nullable String text) {
        if (text == null || text.isEmpty() || (isRare(text.charAt(0)) && text.isBlank())) {
            return null;
        }
        return switch (text.length()) {
            case 1 -> text.equals("-") ? null : text;
            case 3 -> text.equalsIgnoreCase("n/a") ? null : text;
            case 4 -> text.equals("None") || text.equals("null") ? null : text;
            case 6 -> text.equals("(null)") || text.equals("(none)") ? null : text;
            case 7 -> text.equalsIgnoreCase("unknown") || text.equals("(empty)") ? null : text;
            case 17 -> text.equals("<unknown process>") ? null : text;
            default -> text;
        };
    }

    /** Whether a text that begins so may be blank. */
    private static boolean isRare(char first) {
        return first <= ' ' || first > '~';
    }
}
