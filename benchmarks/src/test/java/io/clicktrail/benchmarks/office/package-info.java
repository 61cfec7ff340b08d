/** Tests of enrichment and correlation on ordinary work. */
@NullMarked
package io.clicktrail.benchmarks.office;

import org.jspecify.annotations.NullMarked;
