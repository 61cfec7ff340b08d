/** A synthetic hour of ordinary work at many desks, generated from a seed, enriched and correlated in process. */
@NullMarked
package io.clicktrail.benchmarks.office;

import org.jspecify.annotations.NullMarked;
