package io.clicktrail.enricher.intel;

import io.clicktrail.intel.IndicatorType;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of {@link IndicatorBytes}, with open addressing: a slot of 4 bytes each, at most two thirds of them
 * taken. One thread puts and removes, any number look up without a lock. The hash is seeded, as who is listed may
 * choose what name he is listed by.
 */
final class IndicatorSlots {

    private static final int FIRST_SIZE = 16;
    private static final byte[] REMOVED = {};

    private final long seed;
    private volatile AtomicReferenceArray<byte @Nullable []> slots = new AtomicReferenceArray<>(FIRST_SIZE);

    /** Slots that are not free, removed ones too. */
    private int taken;

    private int size;

    IndicatorSlots(long seed) {
        this.seed = seed;
    }

    byte @Nullable [] get(IndicatorType type, String value) {
        AtomicReferenceArray<byte @Nullable []> in = slots;
        int mask = in.length() - 1;
        for (int slot = hash(type, value) & mask; ; slot = slot + 1 & mask) {
            byte @Nullable [] found = in.getAcquire(slot);
            if (found == null || IndicatorBytes.isOf(found, type, value)) {
                return found;
            }
        }
    }

    /** Puts bytes in the place of those of the same type and value. */
    void put(IndicatorType type, String value, byte[] bytes) {
        if (3L * (taken + 1) > 2L * slots.length()) {
            resize();
        }
        if (insert(slots, hash(type, value), type, value, bytes)) {
            taken++;
            size++;
        }
    }

    /** Removes what is there. */
    void remove(IndicatorType type, String value) {
        AtomicReferenceArray<byte @Nullable []> in = slots;
        int mask = in.length() - 1;
        for (int slot = hash(type, value) & mask; ; slot = slot + 1 & mask) {
            byte @Nullable [] found = in.getPlain(slot);
            if (found == null) {
                return;
            }
            if (IndicatorBytes.isOf(found, type, value)) {
                in.setRelease(slot, REMOVED);
                size--;
                return;
            }
        }
    }

    private void resize() {
        int length = FIRST_SIZE;
        while (2L * length < 3L * (size + 1) + length / 2) {
            length *= 2;
        }
        var larger = new AtomicReferenceArray<byte @Nullable []>(length);
        for (int slot = 0; slot < slots.length(); slot++) {
            byte @Nullable [] found = slots.getPlain(slot);
            if (found != null && found.length > 0) {
                IndicatorType type = IndicatorBytes.typeOf(found);
                String value = IndicatorBytes.valueOf(found);
                insert(larger, hash(type, value), type, value, found);
            }
        }
        taken = size;
        slots = larger;
    }

    /** True where it took a free slot. */
    private static boolean insert(
            AtomicReferenceArray<byte @Nullable []> into, int hash, IndicatorType type, String value, byte[] bytes) {
        int mask = into.length() - 1;
        for (int slot = hash & mask; ; slot = slot + 1 & mask) {
            byte @Nullable [] found = into.getPlain(slot);
            if (found == null || IndicatorBytes.isOf(found, type, value)) {
                into.setRelease(slot, bytes);
                return found == null;
            }
        }
    }

    private int hash(IndicatorType type, String value) {
        return hash(value, seed + type.ordinal());
    }

    /** Hash of a text by a seed. */
    static int hash(String value, long seed) {
        long hash = seed;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }
}
