package io.clicktrail.alerter.feedback;

import io.clicktrail.feedback.Feedback;

/** Result of parsing a record of the feedback topic. */
public sealed interface FeedbackOutcome {

    /** Feedback that can be applied. */
    record Parsed(Feedback feedback) implements FeedbackOutcome {}

    /** A record that cannot be read. */
    record Refused(Reason reason) implements FeedbackOutcome {}

    /** Why a record cannot be read. */
    enum Reason {
        /** Not a JSON object, or too large. */
        NOT_JSON,
        /** The alert id is absent or not a UUID. */
        NO_ALERT_ID,
        /** The kind is absent or unknown. */
        UNKNOWN_KIND,
        /** The time is absent or not ISO 8601. */
        NO_TIME,
        /** A field that the kind requires is absent: verdict, case id, action id or status. */
        INCOMPLETE,
        /** It names a destination whose topic it is not on. */
        OTHER_DESTINATION,
        /** The destination may not say that. */
        KIND_NOT_ALLOWED
    }
}
