package io.clicktrail.normalizer.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent escapes in account names: {@code CORP%5cada}, {@code Road%20Warrior}. */
final class Percent {

    private static final int MAX_SEQUENCE = 4;

    private Percent() {}

    /**
     * The text with its escapes undone, once; those of control characters, and those that are no UTF-8, are left as
     * they are.
     */
    static String decoded(String text) {
        int at = text.indexOf('%');
        if (at < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        byte[] bytes = new byte[MAX_SEQUENCE];
        int from = 0;
        while (at >= 0) {
            int length = sequence(text, at, bytes);
            String character = length == 0 ? null : character(bytes, length);
            if (character != null) {
                plain.append(text, from, at).append(character);
                from = at + 3 * length;
            }
            at = text.indexOf('%', character == null ? at + 1 : from);
        }
        return plain.append(text, from, text.length()).toString();
    }

    /** Reads the escapes of one character of UTF-8; how many there are, 0 where it is none. */
    private static int sequence(String text, int from, byte[] into) {
        int needed = 1;
        for (int i = 0; i < needed; i++) {
            int at = from + 3 * i;
            int high = at + 2 < text.length() && text.charAt(at) == '%' ? Character.digit(text.charAt(at + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(at + 2), 16);
            if (low < 0) {
                return 0;
            }
            into[i] = (byte) (high * 16 + low);
            if (i == 0) {
                needed = high < 8 ? 1 : high < 12 ? MAX_SEQUENCE + 1 : high < 14 ? 2 : high < 15 ? 3 : MAX_SEQUENCE;
                if (needed > MAX_SEQUENCE) {
                    return 0;
                }
            }
        }
        return needed;
    }

    private static @Nullable String character(byte[] bytes, int length) {
        if (length == 1) {
            return bytes[0] >= ' ' && bytes[0] < 0x7f ? String.valueOf((char) bytes[0]) : null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            return Character.isISOControl(text.charAt(0)) ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
