/** Apache Flink's CEP library. */
@NullMarked
package io.clicktrail.benchmarks.peers.flink;

import org.jspecify.annotations.NullMarked;
