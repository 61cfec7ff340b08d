package io.clicktrail.normalizer.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time. A byte of a word is zero where subtracting one borrows its highest bit (Warren, Hacker's
 * Delight, 6-1); the lowest such byte is found exactly.
 */
public final class Swar {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Swar() {}

    /** The first place of an ASCII character, or {@code to}. */
    public static int indexOf(byte[] bytes, int from, int to, char ascii) {
        return indexOfEither(bytes, from, to, ascii, ascii);
    }

    /** The first place of one of two ASCII characters, or {@code to}. */
    public static int indexOfEither(byte[] bytes, int from, int to, char one, char other) {
        long ones = one * LOW_BITS;
        long others = other * LOW_BITS;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = at(bytes, at);
            long found = zeros(word ^ ones) | zeros(word ^ others);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != one && bytes[at] != other) {
            at++;
        }
        return at;
    }

    /** The first place at which two ASCII characters are adjacent, or {@code to}. */
    public static int indexOfPair(byte[] bytes, int from, int to, char first, char second) {
        long firsts = first * LOW_BITS;
        long seconds = second * LOW_BITS;
        int at = from;
        for (; at < to - Long.BYTES; at += Long.BYTES) {
            long found = allZeros(at(bytes, at) ^ firsts) & allZeros(at(bytes, at + 1) ^ seconds);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        for (; at < to - 1; at++) {
            if (bytes[at] == first && bytes[at + 1] == second) {
                return at;
            }
        }
        return to;
    }

    /**
     * Copies the bytes before the first place of an ASCII character, or before {@code to}, and up to seven more; how
     * many are before it.
     *
     * @param into has room for seven bytes more than are copied
     */
    public static int copyUntil(byte[] bytes, int from, int to, char ascii, byte[] into, int intoAt) {
        long ones = ascii * LOW_BITS;
        int at = from;
        int target = intoAt;
        for (; at <= to - Long.BYTES; at += Long.BYTES, target += Long.BYTES) {
            long word = at(bytes, at);
            LONGS.set(into, target, word);
            long found = zeros(word ^ ones);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE - from;
            }
        }
        for (; at < to && bytes[at] != ascii; at++, target++) {
            into[target] = bytes[at];
        }
        return at - from;
    }

    /** The bytes of a run of fewer than eight, with zeros after them. */
    public static long upTo(byte[] bytes, int from, int to) {
        if (from <= bytes.length - Long.BYTES) {
            return at(bytes, from) & ~(-1L << (to - from) * Byte.SIZE);
        }
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = word << Byte.SIZE | bytes[i] & 255;
        }
        return word;
    }

    /** The eight bytes from a place on. */
    public static long at(byte[] bytes, int from) {
        return (long) LONGS.get(bytes, from);
    }

    /**
     * Puts hex digits in lower case, eight at a time; whether all are such digits. Their number is a multiple of eight.
     */
    public static boolean toLowerHex(byte[] digits) {
        long sound = HIGH_BITS;
        for (int at = 0; at < digits.length; at += Long.BYTES) {
            long word = at(digits, at);
            long lower = word | ' ' * LOW_BITS;
            sound &= (within(word, '0', '9') | within(lower, 'a', 'f')) & ~word;
            LONGS.set(digits, at, lower);
        }
        return sound == HIGH_BITS;
    }

    /** The highest bit of every byte of ASCII that is one of a range of characters. */
    private static long within(long word, char first, char last) {
        long isFrom = (word | HIGH_BITS) - first * LOW_BITS;
        long isBehind = (word & ~HIGH_BITS) + (Byte.MAX_VALUE - last) * LOW_BITS;
        return isFrom & ~isBehind & HIGH_BITS;
    }

    private static long zeros(long word) {
        return (word - LOW_BITS) & ~word & HIGH_BITS;
    }

    /** Finds every zero byte exactly, not only the lowest. */
    private static long allZeros(long word) {
        return ~((word & ~HIGH_BITS) + ~HIGH_BITS | word | ~HIGH_BITS);
    }
}
