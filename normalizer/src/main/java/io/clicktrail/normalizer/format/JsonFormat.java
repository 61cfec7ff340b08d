package io.clicktrail.normalizer.format;

import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.raw.Outcome;

/** A format whose record is a JSON object. Its constructor asks {@code JsonPaths} for the fields that it reads. */
public non-sealed interface JsonFormat extends Format {

    /** Whether the document, in the envelopes around it, is of this format. */
    boolean recognises(JsonFields document, EnvelopeMetadata metadata);

    /** Reads a document that it recognises. */
    Outcome read(JsonFields document, RecordContext context);
}
