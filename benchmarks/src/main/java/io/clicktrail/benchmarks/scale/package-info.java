/** Cost and memory against hosts, open chains, domains, indicators, hot keys and partitions. */
@NullMarked
package io.clicktrail.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
