/** What reading a raw record costs, format by format. */
@NullMarked
package io.clicktrail.benchmarks.normalizer;

import org.jspecify.annotations.NullMarked;
