package io.clicktrail.enricher.intel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts by 32-bit hash, with open addressing: 8 bytes a slot, hash and count, at most two thirds of them taken. One
 * thread counts, any number look up without a lock. It may hold what was never counted, if the hashes are equal: for a
 * million that is one look-up in four thousand.
 */
final class HashCounts {

    private static final int FIRST_SIZE = 16;

    private final long seed;
    private volatile AtomicLongArray slots = new AtomicLongArray(FIRST_SIZE);

    /** Slots that are not free, those with a count of 0 too. */
    private int taken;

    HashCounts(long seed) {
        this.seed = seed;
    }

    boolean mayHold(String text) {
        AtomicLongArray in = slots;
        return (int) in.getAcquire(slotOf(in, keyOf(text))) > 0;
    }

    void increment(String text) {
        if (3L * (taken + 1) > 2L * slots.length()) {
            resize();
        }
        long key = keyOf(text);
        int slot = slotOf(slots, key);
        long found = slots.getPlain(slot);
        taken += found == 0 ? 1 : 0;
        slots.setRelease(slot, (found == 0 ? key : found) + 1);
    }

    void decrement(String text) {
        int slot = slotOf(slots, keyOf(text));
        long found = slots.getPlain(slot);
        if ((int) found > 0) {
            slots.setRelease(slot, found - 1);
        }
    }

    private void resize() {
        AtomicLongArray old = slots;
        int counted = 0;
        for (int slot = 0; slot < old.length(); slot++) {
            counted += (int) old.getPlain(slot) > 0 ? 1 : 0;
        }
        int length = FIRST_SIZE;
        while (2L * length < 3L * (counted + 1) + length / 2) {
            length *= 2;
        }
        var larger = new AtomicLongArray(length);
        for (int slot = 0; slot < old.length(); slot++) {
            long found = old.getPlain(slot);
            if ((int) found > 0) {
                larger.setPlain(slotOf(larger, found), found);
            }
        }
        taken = counted;
        slots = larger;
    }

    /** The slot of a key, or the free one that it would take. */
    private static int slotOf(AtomicLongArray in, long key) {
        int mask = in.length() - 1;
        for (int slot = (int) (key >>> Integer.SIZE) & mask; ; slot = slot + 1 & mask) {
            long found = in.getAcquire(slot);
            if (found == 0 || found >>> Integer.SIZE == key >>> Integer.SIZE) {
                return slot;
            }
        }
    }

    /** A hash in the upper half, never 0. */
    private long keyOf(String text) {
        int hash = IndicatorSlots.hash(text, seed);
        return (hash == 0 ? 1L : Integer.toUnsignedLong(hash)) << Integer.SIZE;
    }
}
