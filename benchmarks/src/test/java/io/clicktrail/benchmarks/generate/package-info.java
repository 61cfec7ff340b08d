/** Tests of the invented logs. */
@NullMarked
package io.clicktrail.benchmarks.generate;

import org.jspecify.annotations.NullMarked;
