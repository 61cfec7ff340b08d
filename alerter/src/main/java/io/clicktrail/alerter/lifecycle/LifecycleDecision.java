package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.state.CaseGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a detection, of feedback or of a deadline. */
public sealed interface LifecycleDecision {

    /**
     * Revisions to send, in order.
     *
     * @param group the new state of the group of these cases; null where it did not change
     */
    record Send(List<Alert> alerts, @Nullable CaseGroup group) implements LifecycleDecision {

        public Send {
            alerts = List.copyOf(alerts);
        }

        static Send one(Alert alert) {
            return new Send(List.of(alert), null);
        }
    }

    /** Nothing is sent. */
    record Skip(Reason reason) implements LifecycleDecision {}

    /** Why nothing is sent. */
    enum Reason {
        /** The content of the case is unchanged. */
        SAME_CONTENT,
        /** An older revision of the detection, as in a replay. */
        OLDER_REVISION,
        /** The detection was retracted before a case was made of it, or the case is closed already. */
        NOTHING_TO_CLOSE,
        /** The case shows a folded chain that is worse than its own. */
        FOLDED_IS_WORSE,
        /** Feedback on a case that is unknown or expired. */
        UNKNOWN_CASE,
        /** The deadline was met, or the case is closed. */
        NOT_DUE
    }
}
