package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;

/** What becomes of a detection. */
public sealed interface Decision {

    /** A revision that is worth sending. */
    record Send(Alert alert) implements Decision {}

    /** Nothing is sent. */
    record Skip(Reason reason) implements Decision {}

    /** Why nothing is sent. */
    enum Reason {
        /** The case says what it said before. */
        SAME_CONTENT,
        /** An older revision of the detection came again, as a replay brings it. */
        OLDER_REVISION,
        /** The detection was retracted before a case was made of it, or the case is closed already. */
        NOTHING_TO_CLOSE
    }
}
