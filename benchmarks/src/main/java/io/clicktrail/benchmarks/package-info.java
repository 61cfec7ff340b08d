/** Measurements of the whole suite, and the logs they are made with. */
@NullMarked
package io.clicktrail.benchmarks;

import org.jspecify.annotations.NullMarked;
