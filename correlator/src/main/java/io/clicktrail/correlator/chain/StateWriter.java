package io.clicktrail.correlator.chain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers and texts compactly into a growing array. */
final class StateWriter {

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    StateWriter(int expected) {
        bytes = new byte[expected];
    }

    /** A whole number, small magnitudes in few bytes (zigzag, seven bits a byte). */
    void integer(long value) {
        reserve(10);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Eight bytes. */
    void fixed(long value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
    }

    /** At most eight fingerprints; an absent one costs a bit. */
    void optional(long... values) {
        reserve(1 + values.length * Long.BYTES);
        int present = 0;
        for (int i = 0; i < values.length; i++) {
            present |= values[i] == Fingerprint.ABSENT ? 0 : 1 << i;
        }
        bytes[size++] = (byte) present;
        for (long value : values) {
            if (value != Fingerprint.ABSENT) {
                LONGS.set(bytes, size, value);
                size += Long.BYTES;
            }
        }
    }

    void text(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        integer(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
