package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.state.Dispatch;
import java.time.Duration;

/**
 * When a revision is sent to the SOARs: a new case and an urgent update at once, other updates at most once per
 * interval, a close only where the case was sent before.
 *
 * @param interval least wall-clock time between two updates of one case
 * @param maxUpdates updates of one case, after which only urgent ones are sent
 */
public record UpdateThrottle(Duration interval, int maxUpdates) {

    /** What happens to a revision. */
    public enum Decision {
        /** It creates the case there, if the limits allow. */
        CREATE,
        /** It is sent now. */
        SEND,
        /** It is sent after the interval, unless a later one replaces it. */
        DEFER,
        /** It is recorded and not sent. */
        RECORD_ONLY
    }

    /** Decides on a revision. @param wallClock milliseconds since 1970 */
    public Decision decide(Alert alert, Dispatch dispatch, long wallClock) {
        boolean closes = alert.getLifecycle() == Lifecycle.CLOSE;
        if (alert.getState() == CaseState.SUPPRESSED || dispatch.getClosed()) {
            return Decision.RECORD_ONLY;
        }
        if (!dispatch.getOpened()) {
            return closes || (dispatch.getHeldBack() && !DeliveryLimits.isHigh(alert))
                    ? Decision.RECORD_ONLY
                    : Decision.CREATE;
        }
        if (closes || isUrgent(alert, dispatch)) {
            return Decision.SEND;
        }
        if (dispatch.getSent() > maxUpdates) {
            return Decision.RECORD_ONLY;
        }
        return wallClock - dispatch.getSentAt() >= interval.toMillis() ? Decision.SEND : Decision.DEFER;
    }

    /** What the SOARs know after a revision was sent. */
    public static Dispatch afterSend(Alert alert, Dispatch dispatch, long wallClock) {
        return Dispatch.newBuilder(dispatch)
                .setOpened(true)
                .setHeldBack(false)
                .setClosed(alert.getLifecycle() == Lifecycle.CLOSE)
                .setSentAt(wallClock)
                .setSent(dispatch.getSent() + 1)
                .setSeverity(alert.getSeverity().ordinal())
                .setTier(alert.getEscalation().getTier())
                .build();
    }

    private static boolean isUrgent(Alert alert, Dispatch dispatch) {
        return alert.getSeverity().ordinal() > dispatch.getSeverity()
                || alert.getEscalation().getTier() > dispatch.getTier()
                || alert.getChangeReason() == ChangeReason.ESCALATED
                || alert.getChangeReason() == ChangeReason.FEEDBACK
                || alert.getChangeReason() == ChangeReason.INTEL_HIT;
    }
}
