package io.clicktrail.schemas.binary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of Avro's primitive types, in an array that grows. Not for several threads. */
final class BinaryOutput {

    /** An array that grew beyond this is not kept. */
    private static final int MAX_KEPT_BYTES = 1 << 20;

    private static final int FIRST_BYTES = 4 << 10;
    private static final int MAX_VARINT_BYTES = 10;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    void start(byte[] header) {
        size = 0;
        put(header);
    }

    byte[] finish() {
        byte[] written = Arrays.copyOf(bytes, size);
        if (bytes.length > MAX_KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        return written;
    }

    void writeBoolean(boolean value) {
        reserve(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    /** A long, int, length, index of a union or of an enum. */
    void writeLong(long value) {
        reserve(MAX_VARINT_BYTES);
        long left = value << 1 ^ value >> Long.SIZE - 1;
        int at = size;
        while ((left & ~0x7FL) != 0) {
            bytes[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[at++] = (byte) left;
        size = at;
    }

    void writeDouble(double value) {
        reserve(Double.BYTES);
        LONGS.set(bytes, size, Double.doubleToRawLongBits(value));
        size += Double.BYTES;
    }

    void writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeLong(utf8.length);
        put(utf8);
    }

    private void put(byte[] given) {
        reserve(given.length);
        System.arraycopy(given, 0, bytes, size, given.length);
        size += given.length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int)
                    Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
        }
    }
}
