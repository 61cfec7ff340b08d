/** Records of known products that say nothing of a chain: recognised, and left aside with the reason. */
@NullMarked
package io.clicktrail.normalizer.ignored;

import org.jspecify.annotations.NullMarked;
