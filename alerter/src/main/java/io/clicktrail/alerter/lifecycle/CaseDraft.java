package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;

/** Writes the case that a detection makes, under the id that the case has. */
@FunctionalInterface
public interface CaseDraft {

    /** The case as a first revision. */
    Alert under(String alertId);
}
