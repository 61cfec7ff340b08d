/** Indicators of feeds and analysts: what they name, how much they weigh and for how long. */
@NullMarked
package io.clicktrail.enricher.intel;

import org.jspecify.annotations.NullMarked;
