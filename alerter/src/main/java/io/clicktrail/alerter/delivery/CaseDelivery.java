package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;
import io.clicktrail.state.DeliveryNote;
import org.jspecify.annotations.Nullable;

/** What is written of a case; the key of the record names the case, of a note its tenant. */
public sealed interface CaseDelivery {

    /** The revision; null for a tombstone and a note. */
    @Nullable
    Alert alert();

    /** A revision to the topic of alerts and the SIEM. */
    record Recorded(Alert alert) implements CaseDelivery {}

    /** A revision to the SOARs. */
    record Sent(Alert alert) implements CaseDelivery {}

    /** A tombstone to the topic of alerts. */
    record Expired() implements CaseDelivery {

        @Override
        public @Nullable Alert alert() {
            return null;
        }
    }

    /** What the limits of the tenant need to know of a new case. */
    record Noted(DeliveryNote note) implements CaseDelivery {

        @Override
        public @Nullable Alert alert() {
            return null;
        }
    }
}
