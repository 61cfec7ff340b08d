/** Benchmarks of the whole suite. */
@NullMarked
package io.clicktrail.benchmarks;

import org.jspecify.annotations.NullMarked;
