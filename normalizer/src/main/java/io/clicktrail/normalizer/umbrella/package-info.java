/** Logs of Cisco Umbrella. */
@NullMarked
package io.clicktrail.normalizer.umbrella;

import org.jspecify.annotations.NullMarked;
