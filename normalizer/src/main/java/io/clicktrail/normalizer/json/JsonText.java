package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.text.Swar;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of strings that a {@link JsonScanner} has gone through, and that so have sound escapes. Not safe for
 * several threads.
 */
final class JsonText {

    private static final int UNICODE_DIGITS = 4;
    private static final int ASCII_END = 128;

    private static final int FIRST_ROOM = 1024;
    private static final int MAX_KEPT = 1 << 16;

    private byte[] room = {};
    private byte @Nullable [] ascii;

    /** Has bytes from now on taken for ASCII, which is read with less ado. */
    void ascii(byte[] bytes) {
        ascii = bytes;
    }

    private Charset charset(byte[] bytes) {
        return bytes == ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    /** The text between two quotes, or of a number or literal. */
    String of(byte[] bytes, int from, int to, boolean hasEscapes) {
        return hasEscapes ? unescape(bytes, from, to) : new String(bytes, from, to - from, charset(bytes));
    }

    private String unescape(byte[] bytes, int from, int to) {
        byte[] plain = room(to - from + Long.BYTES);
        int length = 0;
        int at = from;
        while (at < to) {
            if (bytes[at] != '\\') {
                int run = Swar.copyUntil(bytes, at, to, '\\', plain, length);
                at += run;
                length += run;
                continue;
            }
            byte escape = bytes[at + 1];
            at += 2;
            int character = plain(escape);
            if (escape == 'u') {
                character = hex(bytes, at);
                at += UNICODE_DIGITS;
            }
            if (character >= ASCII_END) {
                return unescapeWide(bytes, from, to);
            }
            plain[length++] = (byte) character;
        }
        return new String(plain, 0, length, charset(bytes));
    }

    /** Room for so many bytes, kept for the next text unless it is uncommonly long. */
    private byte[] room(int length) {
        if (length <= room.length) {
            return room;
        }
        byte[] larger = new byte[Math.max(length, FIRST_ROOM)];
        if (length <= MAX_KEPT) {
            room = larger;
        }
        return larger;
    }

    /** Escapes may give half of a surrogate pair each, which only UTF-16 can put together. */
    private static String unescapeWide(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (true) {
            int backslash = Swar.indexOf(bytes, at, to, '\\');
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
