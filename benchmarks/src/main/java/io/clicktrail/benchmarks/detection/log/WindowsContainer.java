package io.clicktrail.benchmarks.detection.log;

/** How a collector writes Windows events. */
public interface WindowsContainer {

    /** Name of the log file. */
    String file();

    /** The event on one line. */
    String line(WindowsEvent event);
}
