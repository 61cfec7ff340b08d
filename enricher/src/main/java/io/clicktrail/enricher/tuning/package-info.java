/** The mutable elements of the analytics, compiled with the lists of the enricher. */
@NullMarked
package io.clicktrail.enricher.tuning;

import org.jspecify.annotations.NullMarked;
