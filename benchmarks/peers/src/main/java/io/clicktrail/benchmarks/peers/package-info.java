/** Other systems beside the correlator: the same evidence, the same chain, each in a process of its own. */
@NullMarked
package io.clicktrail.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
