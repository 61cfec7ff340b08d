/** How many stories in a day of raw logs become cases, and how many cases have no story. */
@NullMarked
package io.clicktrail.benchmarks.detection;

import org.jspecify.annotations.NullMarked;
