/** Runs of bytes, the lines in them, and how a byte is found in them fast. */
@NullMarked
package io.clicktrail.normalizer.text;

import org.jspecify.annotations.NullMarked;
