/** Sensors: one class for each shape of log, each writes what it sees of an activity. */
@NullMarked
package io.clicktrail.benchmarks.detection.log;

import org.jspecify.annotations.NullMarked;
