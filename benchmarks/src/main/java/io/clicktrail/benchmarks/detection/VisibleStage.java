package io.clicktrail.benchmarks.detection;

/** Part of a chain that a log can show. */
public enum VisibleStage {
    CLICK,
    EGRESS,
    WRITE,
    EXECUTION
}
