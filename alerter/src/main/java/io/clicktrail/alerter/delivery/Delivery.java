package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;

/** A revision on its way out. */
public sealed interface Delivery {

    /** The revision. */
    Alert alert();

    /** It goes on the record: the topic of alerts and the SIEM. */
    record Recorded(Alert alert) implements Delivery {}

    /** A SOAR is told. */
    record Told(Alert alert) implements Delivery {}
}
