package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;

/** Makes the case of a detection with a given id. */
@FunctionalInterface
public interface CaseDraft {

    /** The case as a first revision. */
    Alert withId(String alertId);
}
