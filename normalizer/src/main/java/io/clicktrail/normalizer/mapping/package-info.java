/** Formats that an operator describes in a mapping file, without code. */
@NullMarked
package io.clicktrail.normalizer.mapping;

import org.jspecify.annotations.NullMarked;
