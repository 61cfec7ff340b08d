package io.clicktrail.normalizer.parse;

import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Span;

/** Watches how a record is taken apart: which envelopes are opened, and which format reads what is inside. */
public interface RecordTrace {

    /** Watches nothing. */
    RecordTrace NONE = new RecordTrace() {
        @Override
        public void enter(String envelope) {}

        @Override
        public void leave() {}

        @Override
        public void read(String format, Span document, Outcome outcome) {}
    };

    /**
     * An envelope is opened.
     *
     * @param envelope {@code gzip}, {@code syslog}, {@code json-string} or the name of a row of the table of envelopes
     */
    void enter(String envelope);

    /** The innermost envelope is left. */
    void leave();

    /**
     * A format has read a document, or none could.
     *
     * @param format its name; {@code json}, {@code xml} or {@link OutcomeCollector#NO_FORMAT} where none has read it
     */
    void read(String format, Span document, Outcome outcome);
}
