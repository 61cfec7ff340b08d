/** Compares events of Windows with the raw XML that they were read from. */
@NullMarked
package io.clicktrail.benchmarks.windows;

import org.jspecify.annotations.NullMarked;
