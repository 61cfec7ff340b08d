/** Evidence as it arrives at whatever looks for chains in it, and the chains that were found. */
@NullMarked
package io.clicktrail.benchmarks.chains;

import org.jspecify.annotations.NullMarked;
