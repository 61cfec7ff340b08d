package io.clicktrail.normalizer.json;

import java.nio.charset.StandardCharsets;

/** Text of strings that a {@link JsonScanner} has gone through, and so with sound escapes. */
final class JsonText {

    private static final int UNICODE_DIGITS = 4;
    private static final int ASCII_END = 128;

    private JsonText() {}

    /** The text between two quotes, or of a number or literal. */
    static String of(byte[] bytes, int from, int to, boolean hasEscapes) {
        return hasEscapes ? unescape(bytes, from, to) : new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static String unescape(byte[] bytes, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        int at = from;
        while (true) {
            int backslash = Words.indexOf(bytes, at, to, '\\');
            System.arraycopy(bytes, at, plain, length, backslash - at);
            length += backslash - at;
            if (backslash == to) {
                return new String(plain, 0, length, StandardCharsets.UTF_8);
            }
            at = backslash + 2;
            int character = plain(bytes[backslash + 1]);
            if (bytes[backslash + 1] == 'u') {
                character = hex(bytes, at);
                at += UNICODE_DIGITS;
            }
            if (character >= ASCII_END) {
                return unescapeWide(bytes, from, to);
            }
            plain[length++] = (byte) character;
        }
    }

    /** Escapes may give half of a surrogate pair each, which only UTF-16 can put together. */
    private static String unescapeWide(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (true) {
            int backslash = Words.indexOf(bytes, at, to, '\\');
            text.append(new String(bytes, at, backslash - at, StandardCharsets.UTF_8));
            if (backslash == to) {
                return text.toString();
            }
            at = backslash + 2;
            if (bytes[backslash + 1] == 'u') {
                text.append((char) hex(bytes, at));
                at += UNICODE_DIGITS;
            } else {
                text.append(plain(bytes[backslash + 1]));
            }
        }
    }

    private static int hex(byte[] bytes, int from) {
        int code = 0;
        for (int i = from; i < from + UNICODE_DIGITS; i++) {
            code = code << 4 | Character.digit(bytes[i], 16);
        }
        return code;
    }

    private static char plain(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) escape;
        };
    }
}
