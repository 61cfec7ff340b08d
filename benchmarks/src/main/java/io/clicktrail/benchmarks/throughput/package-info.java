/** The whole stack at steady state: throughput and latency, beside a pipeline that only copies. */
@NullMarked
package io.clicktrail.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
