/** How fast the services start. */
@NullMarked
package io.clicktrail.benchmarks.start;

import org.jspecify.annotations.NullMarked;
