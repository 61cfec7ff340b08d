/** Which processor time the services of a running stack take. */
@NullMarked
package io.clicktrail.benchmarks.pace;

import org.jspecify.annotations.NullMarked;
