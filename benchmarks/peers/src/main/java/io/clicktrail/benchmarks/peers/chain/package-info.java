/** The chain as every peer is told to look for it. */
@NullMarked
package io.clicktrail.benchmarks.peers.chain;

import org.jspecify.annotations.NullMarked;
