package io.clicktrail.correlator.chain;

import java.nio.charset.StandardCharsets;

/** Reads what {@link StateWriter} wrote; any byte out of place is an IllegalArgumentException. */
final class StateReader {

    private final byte[] bytes;
    private int at;

    StateReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long integer() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[take(1)];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw broken("a number has no end");
    }

    /** A whole number from 0 to a maximum. */
    int number(int max) {
        long value = integer();
        if (value < 0 || value > max) {
            throw broken(value + " where at most " + max + " is allowed");
        }
        return (int) value;
    }

    long fixed() {
        return (long) StateWriter.LONGS.get(bytes, take(Long.BYTES));
    }

    /** Which of the fingerprints that follow are there; they must be asked for in order. */
    int optionals() {
        return bytes[take(1)];
    }

    long optional(int present, int i) {
        return (present & 1 << i) == 0 ? Fingerprint.ABSENT : fixed();
    }

    String text() {
        int length = number(bytes.length - at);
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    void end() {
        if (at != bytes.length) {
            throw broken("bytes are left");
        }
    }

    private int take(int count) {
        if (count > bytes.length - at) {
            throw broken("the end came early");
        }
        int from = at;
        at += count;
        return from;
    }

    private IllegalArgumentException broken(String what) {
        return new IllegalArgumentException("state is broken at byte " + at + ": " + what);
    }
}
