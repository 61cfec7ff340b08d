package io.clicktrail.normalizer.format;

import io.clicktrail.normalizer.event.EventTime;
import org.jspecify.annotations.Nullable;

/**
 * What the envelopes say that the record itself may not: a syslog header's host and time, the key that a record was
 * wrapped in. The innermost envelope that says a thing is believed.
 *
 * @param host name or address as sent
 * @param time when the record was sent
 * @param stream the name of the log that the record belongs to, as its wrapper gives it
 */
public record EnvelopeMetadata(
        @Nullable String host,
        @Nullable EventTime time,
        @Nullable String stream) {

    public static final EnvelopeMetadata NONE = new EnvelopeMetadata(null, null, null);

    /** This envelope's word, and for what it does not say that of the one around it. */
    public EnvelopeMetadata within(EnvelopeMetadata outer) {
        return new EnvelopeMetadata(
                host == null ? outer.host : host,
                time == null ? outer.time : time,
                stream == null ? outer.stream : stream);
    }
}
