/** Esper, without durable state. */
@NullMarked
package io.clicktrail.benchmarks.peers.esper;

import org.jspecify.annotations.NullMarked;
