package io.clicktrail.normalizer.assembly;

import org.jspecify.annotations.Nullable;

/**
 * What a piece did to the event that it belongs to.
 *
 * @param open the event while pieces are still expected; null once it is settled
 * @param settled what became of pieces; null where all wait
 */
public record AssemblyStep(
        @Nullable OpenEvent open, @Nullable AssembledEvent settled) {}
