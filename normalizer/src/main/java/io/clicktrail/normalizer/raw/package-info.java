/** A raw record: where it stood, what bounds it, and what became of it. */
@NullMarked
package io.clicktrail.normalizer.raw;

import org.jspecify.annotations.NullMarked;
