package io.clicktrail.alerter.feedback;

import io.clicktrail.feedback.Feedback;

/** What became of a record on the feedback topic. */
public sealed interface FeedbackReading {

    /** It can be acted on. */
    record Understood(Feedback feedback) implements FeedbackReading {}

    /** It can't be read. */
    record Refused(Reason reason) implements FeedbackReading {}

    /** Why a record can't be read. */
    enum Reason {
        /** No JSON object, or too large. */
        NOT_JSON,
        /** No alert id that is a UUID. */
        NO_ALERT_ID,
        /** No kind that is known. */
        UNKNOWN_KIND,
        /** No time, or none that is ISO 8601. */
        NO_TIME,
        /** What the kind needs is not there: verdict, case id, action id or status. */
        INCOMPLETE
    }
}
