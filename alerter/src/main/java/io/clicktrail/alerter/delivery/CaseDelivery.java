package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;

/** A revision to be delivered. */
public sealed interface CaseDelivery {

    /** The revision. */
    Alert alert();

    /** To the topic of alerts and the SIEM. */
    record Recorded(Alert alert) implements CaseDelivery {}

    /** To the SOARs. */
    record Sent(Alert alert) implements CaseDelivery {}
}
