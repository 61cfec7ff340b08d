/** The four services as processes on three brokers, while things break: the cases must be those of a quiet run. */
@NullMarked
package io.clicktrail.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
