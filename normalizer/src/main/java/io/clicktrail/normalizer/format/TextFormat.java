package io.clicktrail.normalizer.format;

import io.clicktrail.normalizer.fields.ColumnHeader;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/** A format whose record is text, by default one line. */
public non-sealed interface TextFormat extends Format {

    /** The bytes of ASCII that a record begins with one of; empty where it may begin with any. */
    default String firstBytes() {
        return "";
    }

    /**
     * Whether a record of this format begins at the beginning of the text, which is one of its first bytes; cheap, for
     * it is asked for many lines.
     */
    boolean recognises(Span text);

    /** The byte after the record that begins at the beginning of the text. */
    default int end(Span text) {
        return Lines.end(text.bytes(), text.from(), text.to());
    }

    /** Reads one record. */
    Outcome read(Span record, RecordContext context);

    /**
     * Whether the text begins with a row that has no signature of its own, but all columns of a header of this format.
     */
    default boolean isRow(Span text, RecordContext context) {
        return false;
    }

    /** What a header says of rows that come without it; null where it is none of this format's. */
    default @Nullable ColumnHeader header(String text) {
        return null;
    }
}
