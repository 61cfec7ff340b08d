package io.clicktrail.alerter.text;

import java.util.Locale;

/**
 * Text from a log with nothing hidden in it.
 *
 * <p>Characters that control a terminal or that a reader cannot see (controls, bidirectional marks, zero-width and
 * filler characters, line separators, odd spaces, lone surrogates) are written as {@code {U+202E}}: harmless, and still
 * evidence of the trick. Source of the trick: MITRE ATT&CK T1036.002, and Boucher and Anderson, "Trojan Source", 2021.
 */
public final class SafeText {

    private SafeText() {}

    /** The text with every hidden character spelled out. */
    public static String reveal(String text) {
        return clip(text, Integer.MAX_VALUE);
    }

    /**
     * The text with every hidden character spelled out, cut to a number of UTF-8 bytes; its end then says how many
     * characters were cut.
     *
     * @param bytes bound of the kept text, the count not included
     */
    public static String clip(String text, int bytes) {
        if (text.length() <= bytes && plain(text)) {
            return text;
        }
        var out = new StringBuilder(Math.min(text.length(), bytes) + 32);
        long used = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int before = out.length();
            append(out, point);
            used += utf8(out, before);
            if (used > bytes) {
                out.setLength(before);
                return out.append("…(+")
                        .append(text.length() - at)
                        .append(" characters)")
                        .toString();
            }
            at += Character.charCount(point);
        }
        return out.toString();
    }

    /** True where {@link #clip} cut the text. */
    public static boolean isCut(String clipped, int bytes) {
        // A character takes three bytes at most: short text is measured without looking at it.
        return clipped.length() > bytes / 3 && utf8(clipped, 0) > bytes;
    }

    /** Number of columns that a terminal gives the text: 2 for wide characters, 0 for combining ones. */
    public static int columns(String text) {
        int columns = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            columns += width(point);
            at += Character.charCount(point);
        }
        return columns;
    }

    /** Columns of one character. */
    static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x2E80 && point <= 0xA4CF)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0xFE30 && point <= 0xFE6F)
                || (point >= 0xFF00 && point <= 0xFF60)
                || (point >= 0xFFE0 && point <= 0xFFE6)
                || (point >= 0x1F300 && point <= 0x1FAFF)
                || (point >= 0x20000 && point <= 0x3FFFD);
        return wide ? 2 : 1;
    }

    private static boolean plain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < 0x20 || c >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static int utf8(CharSequence text, int from) {
        int bytes = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            // Each half of a surrogate pair counts for two of its four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    private static void append(StringBuilder out, int point) {
        if (hidden(point)) {
            out.append("{U+");
            String hex = Integer.toHexString(point).toUpperCase(Locale.ROOT);
            out.repeat('0', Math.max(0, 4 - hex.length())).append(hex).append('}');
        } else {
            out.appendCodePoint(point);
        }
    }

    private static boolean hidden(int point) {
        if (point == ' ') {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> true;
            default -> blank(point);
        };
    }

    /** Letters and marks that show nothing: fillers, braille blank, grapheme joiner, variation selectors. */
    private static boolean blank(int point) {
        return point == 0x034F
                || point == 0x115F
                || point == 0x1160
                || point == 0x17B4
                || point == 0x17B5
                || point == 0x2800
                || point == 0x3164
                || point == 0xFFA0
                || (point >= 0x180B && point <= 0x180F)
                || (point >= 0xFE00 && point <= 0xFE0F)
                || (point >= 0xE0100 && point <= 0xE01EF);
    }

    /** Size of the text inside a JSON string, bytes. */
    public static int jsonBytes(String text) {
        int bytes = utf8(text, 0);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\\') {
                bytes++;
            }
        }
        return bytes;
    }
}
