/** Measurements of the enricher's core and of its largest store. */
@NullMarked
package io.clicktrail.benchmarks.enricher;

import org.jspecify.annotations.NullMarked;
