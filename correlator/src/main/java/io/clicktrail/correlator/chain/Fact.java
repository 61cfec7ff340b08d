package io.clicktrail.correlator.chain;

import org.jspecify.annotations.Nullable;

/**
 * What one piece of evidence says for matching.
 *
 * @param item the part it plays
 * @param edge who started whom, if it is the start of a process
 */
record Fact(Item item, @Nullable Edge edge) {}
