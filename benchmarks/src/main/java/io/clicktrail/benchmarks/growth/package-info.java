/** How cost grows with an amount. */
@NullMarked
package io.clicktrail.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
