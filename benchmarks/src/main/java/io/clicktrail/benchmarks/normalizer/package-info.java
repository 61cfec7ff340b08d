/** Cost of parsing a raw record, by format. */
@NullMarked
package io.clicktrail.benchmarks.normalizer;

import org.jspecify.annotations.NullMarked;
