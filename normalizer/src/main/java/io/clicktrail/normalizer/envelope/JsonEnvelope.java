package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that a collector puts around a record, or around several. Its constructor asks {@code JsonPaths} for
 * the fields that it reads.
 */
public interface JsonEnvelope {

    /**
     * The place of the record inside and what the envelope says about it; null where the document is no such envelope.
     */
    @Nullable
    Opened open(JsonFields document);

    /**
     * An envelope taken off.
     *
     * @param body the record: a JSON value, a JSON string that holds it, or a JSON array of such
     * @param metadata what the envelope says
     * @param isPacked whether the record is gzip in Base64
     * @param next what else the same envelope holds
     */
    record Opened(
            Span body,
            EnvelopeMetadata metadata,
            boolean isPacked,
            @Nullable Opened next) {

        public Opened(Span body, EnvelopeMetadata metadata, boolean isPacked) {
            this(body, metadata, isPacked, null);
        }

        public Opened(Span body, EnvelopeMetadata metadata) {
            this(body, metadata, false, null);
        }
    }
}
