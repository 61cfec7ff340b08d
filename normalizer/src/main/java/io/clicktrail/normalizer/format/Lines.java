package io.clicktrail.normalizer.format;

import io.clicktrail.normalizer.json.Span;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Places in lines of bytes. */
public final class Lines {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Lines() {}

    /** The end of the line that {@code from} stands in, without its line break. */
    public static int end(byte[] bytes, int from, int to) {
        int end = indexOf(bytes, from, to, '\n');
        return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    /** The end of the line that a text begins with, or of its first {@code most} bytes where it is longer: how far a signature may look. */
    public static int headEnd(Span text, int most) {
        return end(text.bytes(), text.from(), Math.min(text.to(), text.from() + most));
    }

    /** Whether the byte stands between records: white space, or the NUL that agents in C leave behind. */
    public static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == 0;
    }

    /** The first place from {@code from} on that is not blank. */
    public static int skipBlanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    public static boolean startsWith(byte[] bytes, int from, int to, String ascii) {
        if (to - from < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The first place of an ASCII text, or -1. */
    public static int find(byte[] bytes, int from, int to, String ascii) {
        int last = to - ascii.length();
        for (int at = from; at <= last; at++) {
            at = indexOf(bytes, at, to, ascii.charAt(0));
            if (at <= last && startsWith(bytes, at, to, ascii)) {
                return at;
            }
        }
        return -1;
    }

    /** The first place of an ASCII character, or {@code to}: eight bytes at a time, of which the one that differs from it in no bit is told by its borrow. */
    private static int indexOf(byte[] bytes, int from, int to, char ascii) {
        long pattern = ascii * LOW_BITS;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long difference = (long) LONGS.get(bytes, at) ^ pattern;
            long found = (difference - LOW_BITS) & ~difference & HIGH_BITS;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != ascii) {
            at++;
        }
        return at;
    }
}
