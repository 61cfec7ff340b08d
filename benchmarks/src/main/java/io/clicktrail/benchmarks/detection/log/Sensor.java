package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;

/** Something that writes a log. */
public interface Sensor {

    /** Writes what it sees of the activity; false where it sees nothing. */
    boolean record(Activity activity, Machine machine, LogCollector logs);
}
