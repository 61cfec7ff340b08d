/** Siembol's alerting engine, without durable state. */
@NullMarked
package io.clicktrail.benchmarks.peers.siembol;

import org.jspecify.annotations.NullMarked;
