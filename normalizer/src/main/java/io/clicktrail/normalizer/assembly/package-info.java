/** Puts events together whose pieces come in several raw records. */
@NullMarked
package io.clicktrail.normalizer.assembly;

import org.jspecify.annotations.NullMarked;
