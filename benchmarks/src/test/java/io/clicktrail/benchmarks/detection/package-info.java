/** Tests of the labelled benchmark. */
@NullMarked
package io.clicktrail.benchmarks.detection;

import org.jspecify.annotations.NullMarked;
