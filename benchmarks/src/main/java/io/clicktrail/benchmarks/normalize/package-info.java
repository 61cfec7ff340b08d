/** The cost of reading one record, by format. */
@NullMarked
package io.clicktrail.benchmarks.normalize;

import org.jspecify.annotations.NullMarked;
