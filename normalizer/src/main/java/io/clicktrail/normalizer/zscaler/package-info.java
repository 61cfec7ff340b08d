/** Logs of Zscaler Internet Access. */
@NullMarked
package io.clicktrail.normalizer.zscaler;

import org.jspecify.annotations.NullMarked;
