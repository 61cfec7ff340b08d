/** The definition of a chain that all peers share. */
@NullMarked
package io.clicktrail.benchmarks.peers.chain;

import org.jspecify.annotations.NullMarked;
