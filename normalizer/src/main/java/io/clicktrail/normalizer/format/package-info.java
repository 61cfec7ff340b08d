/** What a format is, and what it is given to read. */
@NullMarked
package io.clicktrail.normalizer.format;

import org.jspecify.annotations.NullMarked;
