/** Squid's access log. */
@NullMarked
package io.clicktrail.normalizer.squid;

import org.jspecify.annotations.NullMarked;
