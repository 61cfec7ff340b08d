package io.clicktrail.alerter.kafka;

import io.clicktrail.detection.Detection;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.state.Finding;

/** What comes to the place where the cases of a host are kept. */
public sealed interface CaseInput {

    /** A chain, or its revision. */
    record Detected(Detection detection) implements CaseInput {}

    /** What was found out beside a chain. */
    record Found(Finding finding) implements CaseInput {}

    /** What a SOAR or an analyst says. */
    record Said(Feedback feedback) implements CaseInput {}
}
