package io.clicktrail.enricher.tuning;

import io.clicktrail.tuning.Tuning;

/** What a tuning file turned out to be. */
public sealed interface TuningReading {

    /** A document that may judge. */
    record Valid(Tuning document) implements TuningReading {}

    /**
     * A document that may not.
     *
     * @param file name of the file
     * @param line line of the mistake, from 1
     * @param reason the mistake in words
     */
    record Invalid(String file, int line, String reason) implements TuningReading {

        @Override
        public String toString() {
            return file + ":" + line + ": " + reason;
        }
    }
}
