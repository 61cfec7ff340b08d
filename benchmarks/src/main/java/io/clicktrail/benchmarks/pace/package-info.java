/** CPU time of the services of a running stack. */
@NullMarked
package io.clicktrail.benchmarks.pace;

import org.jspecify.annotations.NullMarked;
