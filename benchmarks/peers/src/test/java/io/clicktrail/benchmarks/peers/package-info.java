/** Tests of the peers. */
@NullMarked
package io.clicktrail.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
