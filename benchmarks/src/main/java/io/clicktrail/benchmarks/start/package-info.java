/** Start times of the services. */
@NullMarked
package io.clicktrail.benchmarks.start;

import org.jspecify.annotations.NullMarked;
