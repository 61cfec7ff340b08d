package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Lifecycle;

/**
 * The SOAR topic of a revision. A SOAR makes one incident of every record on a tier's topic.
 */
public enum SoarTopic {
    /** New cases for tier 1. */
    TIER_1,
    /** New cases for tiers 2 and 3. */
    TIER_2,
    /** Updates and closes of cases that were sent before, also when the tier rises. */
    UPDATES;

    /** The topic of a revision. */
    public static SoarTopic of(Alert alert) {
        if (alert.getLifecycle() != Lifecycle.CREATE) {
            return UPDATES;
        }
        return alert.getEscalation().getTier() == 1 ? TIER_1 : TIER_2;
    }
}
