/** Tests of what the peers are told to look for. */
@NullMarked
package io.clicktrail.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
