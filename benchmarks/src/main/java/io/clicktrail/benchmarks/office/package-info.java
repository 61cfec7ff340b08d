/**
 * An hour of ordinary work at many desks, invented from a seed, and what the judgement and the correlation make of it.
 */
@NullMarked
package io.clicktrail.benchmarks.office;

import org.jspecify.annotations.NullMarked;
