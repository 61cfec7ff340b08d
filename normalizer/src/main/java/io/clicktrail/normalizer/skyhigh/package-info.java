/** Logs of the Skyhigh, formerly McAfee, web gateway. */
@NullMarked
package io.clicktrail.normalizer.skyhigh;

import org.jspecify.annotations.NullMarked;
