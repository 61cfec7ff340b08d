/** Tests of evidence as it arrives. */
@NullMarked
package io.clicktrail.benchmarks.chains;

import org.jspecify.annotations.NullMarked;
