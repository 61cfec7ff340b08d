package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;

/** A revision on its way out. */
public sealed interface CaseDelivery {

    /** The revision. */
    Alert alert();

    /** It goes on the record: the topic of alerts and the SIEM. */
    record Recorded(Alert alert) implements CaseDelivery {}

    /** A SOAR is told. */
    record Told(Alert alert) implements CaseDelivery {}
}
