package io.clicktrail.normalizer.format;

import io.clicktrail.normalizer.json.Span;
import io.clicktrail.normalizer.raw.Outcome;

/** A format whose record is text, by default one line. */
public non-sealed interface TextFormat extends Format {

    /** Whether a record of this format begins at the beginning of the text; cheap, for it is asked for every line. */
    boolean recognises(Span text);

    /** The byte after the record that begins at the beginning of the text. */
    default int end(Span text) {
        return Lines.end(text.bytes(), text.from(), text.to());
    }

    /** Reads one record. */
    Outcome read(Span record, Reading reading);
}
