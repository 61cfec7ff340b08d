package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Lifecycle;

/**
 * Where a revision goes beside the alerts and the SIEM. A SOAR makes one incident of every record on a tier's topic.
 */
public enum Outlet {
    /** New cases for tier 1. */
    TIER_1,
    /** New cases for tiers 2 and 3. */
    TIER_2,
    /** What becomes of cases that were sent before, also when the tier rises. */
    UPDATES;

    /** The outlet of a revision. */
    public static Outlet of(Alert alert) {
        if (alert.getLifecycle() != Lifecycle.CREATE) {
            return UPDATES;
        }
        return alert.getEscalation().getTier() == 1 ? TIER_1 : TIER_2;
    }
}
