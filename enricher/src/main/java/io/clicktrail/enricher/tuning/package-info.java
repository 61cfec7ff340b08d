/** The mutable elements of the analytics: read, checked and compiled. */
@NullMarked
package io.clicktrail.enricher.tuning;

import org.jspecify.annotations.NullMarked;
