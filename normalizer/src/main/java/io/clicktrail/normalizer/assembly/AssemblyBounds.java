package io.clicktrail.normalizer.assembly;

import java.time.Duration;

/**
 * How long and how much is waited for.
 *
 * @param time from an event's first piece on, in stream time and, where the partition goes quiet, on the wall clock
 * @param pieces the most pieces of one event
 * @param bytes the most bytes of one event
 * @param open the most events that are open at once in one partition
 * @param openBytes the most bytes of all of them
 */
public record AssemblyBounds(Duration time, int pieces, int bytes, int open, long openBytes) {

    /**
     * The time is that of the audit daemon's own plug-ins and of Auditbeat; the rest is room for the longest argument
     * lists.
     */
    public static final AssemblyBounds DEFAULT =
            new AssemblyBounds(Duration.ofSeconds(2), 256, 1 << 19, 10_000, 32L << 20);
}
