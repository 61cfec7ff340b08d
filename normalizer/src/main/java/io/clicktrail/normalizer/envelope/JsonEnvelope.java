package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.format.Transport;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.Span;
import org.jspecify.annotations.Nullable;

/** A JSON object that a collector puts around a record. Its constructor asks {@code JsonPaths} for the fields that it reads. */
public interface JsonEnvelope {

    /** The place of the record inside and what the envelope says about it; null where the document is no such envelope. */
    @Nullable
    Opened open(JsonFields document);

    /**
     * An envelope taken off.
     *
     * @param body the record: a JSON value, or a JSON string that holds it
     * @param transport what the envelope says
     */
    record Opened(Span body, Transport transport) {}
}
