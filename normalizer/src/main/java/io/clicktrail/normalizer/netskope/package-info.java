/** Events of the Netskope cloud. */
@NullMarked
package io.clicktrail.normalizer.netskope;

import org.jspecify.annotations.NullMarked;
