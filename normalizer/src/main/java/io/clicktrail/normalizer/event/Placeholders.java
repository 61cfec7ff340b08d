package io.clicktrail.normalizer.event;

import org.jspecify.annotations.Nullable;

/** Texts that vendors write for "no value". */
public final class Placeholders {

    /**
     * Whether a text that begins with a character of ASCII may mean an absent value; most do not, and are let
     * through at once.
     */
    private static final boolean[] ABSENT_BEGINS = new boolean[128];

    static {
        for (char first = 0; first < ABSENT_BEGINS.length; first++) {
            ABSENT_BEGINS[first] = isRare(first) || "-nNuU(<".indexOf(first) >= 0;
        }
    }

    private Placeholders() {}

    /** The text, or null where it means an absent value. */
    public static @Nullable String absent(@Nullable String text) {
        return text == null || isAbsent(text, 0, text.length()) ? null : text;
    }

    /** The part of a text, or null where it means an absent value. */
    public static @Nullable String absent(String text, int from, int to) {
        return isAbsent(text, from, to) ? null : text.substring(from, to);
    }

    private static boolean isAbsent(String text, int from, int to) {
        if (from == to) {
            return true;
        }
        char first = text.charAt(from);
        if (first < ABSENT_BEGINS.length && !ABSENT_BEGINS[first]) {
            return false;
        }
        return switch (to - from) {
            case 1 -> first == '-' || isBlank(text, from, to);
            case 3 -> text.regionMatches(true, from, "n/a", 0, 3) || isBlank(text, from, to);
            case 4 -> text.startsWith("None", from) || text.startsWith("null", from) || isBlank(text, from, to);
            case 6 -> text.startsWith("(null)", from) || text.startsWith("(none)", from) || isBlank(text, from, to);
            case 7 ->
                text.regionMatches(true, from, "unknown", 0, 7)
                        || text.startsWith("(empty)", from)
                        || isBlank(text, from, to);
            case 17 -> text.startsWith("<unknown process>", from) || isBlank(text, from, to);
            default -> isBlank(text, from, to);
        };
    }

    private static boolean isBlank(String text, int from, int to) {
        return isRare(text.charAt(from)) && text.substring(from, to).isBlank();
    }

    /** Whether a text that begins so may be blank. */
    private static boolean isRare(char first) {
        return first <= ' ' || first > '~';
    }
}
