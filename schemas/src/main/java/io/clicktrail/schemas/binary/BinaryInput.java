package io.clicktrail.schemas.binary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;

/**
 * Avro's primitive types from an array.
 *
 * <p>Bytes that are no Avro binary are an {@link AvroRuntimeException} or an {@link IndexOutOfBoundsException}; no
 * length in them makes anything larger than the array itself.
 */
final class BinaryInput {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int at;

    BinaryInput(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.at = offset;
    }

    boolean readBoolean() {
        return bytes[at++] == 1;
    }

    long readLong() {
        byte first = bytes[at++];
        long read = first & 0x7F;
        byte next = first;
        for (int shift = 7; next < 0; shift += 7) {
            if (shift >= Long.SIZE) {
                throw new AvroRuntimeException("a number of more than ten bytes");
            }
            next = bytes[at++];
            read |= (next & 0x7FL) << shift;
        }
        return read >>> 1 ^ -(read & 1);
    }

    int readInt() {
        long read = readLong();
        if (read != (int) read) {
            throw new AvroRuntimeException("no int: " + read);
        }
        return (int) read;
    }

    double readDouble() {
        double read = Double.longBitsToDouble((long) LONGS.get(bytes, at));
        at += Double.BYTES;
        return read;
    }

    String readText() {
        int length = readLength();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** Whether the union of null and one other type that comes next is the other type. */
    boolean isPresent(int nullIndex) {
        long index = readLong();
        if (index != nullIndex && index != 1 - nullIndex) {
            throw new AvroRuntimeException("a union of two has no index " + index);
        }
        return index != nullIndex;
    }

    /**
     * Number of entries in the next block of an array or map, 0 after the last.
     *
     * <p>No entry of ours is shorter than a byte.
     */
    int readBlock() {
        long count = readLong();
        if (count < 0) {
            readLong(); // size of the block in bytes
            count = -count;
        }
        return within(count);
    }

    private int readLength() {
        return within(readLong());
    }

    private int within(long length) {
        if (length < 0 || length > bytes.length - at) {
            throw new AvroRuntimeException(
                    "a length of " + length + " where " + (bytes.length - at) + " bytes are left");
        }
        return (int) length;
    }
}
