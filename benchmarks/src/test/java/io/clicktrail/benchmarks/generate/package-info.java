/** Tests of the synthetic logs. */
@NullMarked
package io.clicktrail.benchmarks.generate;

import org.jspecify.annotations.NullMarked;
