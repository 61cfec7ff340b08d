package io.clicktrail.alerter.kafka;

import io.clicktrail.detection.Detection;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.state.Finding;

/** Input of the processor that keeps the cases of a host. */
public sealed interface CaseInput {

    /** A chain, or its revision. */
    record Detected(Detection detection) implements CaseInput {}

    /** A finding about a subject of a chain. */
    record ContextFound(Finding finding) implements CaseInput {}

    /** Feedback of a SOAR or an analyst. */
    record FeedbackReceived(Feedback feedback) implements CaseInput {}
}
