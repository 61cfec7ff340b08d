/** What the alerter costs. */
@NullMarked
package io.clicktrail.benchmarks.alerter;

import org.jspecify.annotations.NullMarked;
