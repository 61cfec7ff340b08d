package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.state.Dispatch;
import java.time.Duration;

/**
 * When a SOAR hears of a revision: of a new case at once, of what weighs at once, of the rest not more often than its
 * pace, and of a close only after it heard of the case.
 *
 * @param between time on the wall clock between two updates of one case
 * @param most updates of one case, after which only what weighs is told
 */
public record UpdatePace(Duration between, int most) {

    /** What becomes of a revision. */
    public enum Step {
        /** It opens the case, if the limits let it. */
        OPEN,
        /** It is told now. */
        TELL,
        /** It is told when the pace allows, unless a later one comes. */
        HOLD,
        /** It stays on the record only. */
        RECORD
    }

    /** The step for a revision. @param wallClock milliseconds since 1970 */
    public Step step(Alert alert, Dispatch dispatch, long wallClock) {
        boolean closes = alert.getLifecycle() == Lifecycle.CLOSE;
        if (alert.getState() == CaseState.SUPPRESSED || dispatch.getClosed()) {
            return Step.RECORD;
        }
        if (!dispatch.getOpened()) {
            return closes || (dispatch.getHeldBack() && !DeliveryLimits.high(alert)) ? Step.RECORD : Step.OPEN;
        }
        if (closes || weighs(alert, dispatch)) {
            return Step.TELL;
        }
        if (dispatch.getSent() > most) {
            return Step.RECORD;
        }
        return wallClock - dispatch.getSentAt() >= between.toMillis() ? Step.TELL : Step.HOLD;
    }

    /** What the SOAR knows after a revision was told. */
    public static Dispatch told(Alert alert, Dispatch dispatch, long wallClock) {
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

    private static boolean weighs(Alert alert, Dispatch dispatch) {
        return alert.getSeverity().ordinal() > dispatch.getSeverity()
                || alert.getEscalation().getTier() > dispatch.getTier()
                || alert.getChangeReason() == ChangeReason.ESCALATED
                || alert.getChangeReason() == ChangeReason.FEEDBACK
                || alert.getChangeReason() == ChangeReason.INTEL_HIT;
    }
}
