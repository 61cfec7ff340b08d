package io.clicktrail.correlator.chain;

import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.Stage;

/** A stage that a chain lacks, and why. */
public record AbsentStage(Stage stage, MissingReason reason) {}
