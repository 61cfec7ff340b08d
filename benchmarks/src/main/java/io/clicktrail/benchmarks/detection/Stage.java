package io.clicktrail.benchmarks.detection;

/** Part of a chain that a log can show. */
public enum Stage {
    CLICK,
    EGRESS,
    WRITE,
    EXECUTION
}
