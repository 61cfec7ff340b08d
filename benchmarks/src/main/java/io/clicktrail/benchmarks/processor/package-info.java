/** Processor time of processes. */
@NullMarked
package io.clicktrail.benchmarks.processor;

import org.jspecify.annotations.NullMarked;
