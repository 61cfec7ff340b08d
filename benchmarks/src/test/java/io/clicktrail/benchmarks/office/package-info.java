/** What the judgement and the correlation make of ordinary work. */
@NullMarked
package io.clicktrail.benchmarks.office;

import org.jspecify.annotations.NullMarked;
