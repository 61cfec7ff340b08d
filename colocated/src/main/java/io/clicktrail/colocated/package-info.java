/** Normalizer and enricher as one service, in which most records end where they are parsed. */
@NullMarked
package io.clicktrail.colocated;

import org.jspecify.annotations.NullMarked;
