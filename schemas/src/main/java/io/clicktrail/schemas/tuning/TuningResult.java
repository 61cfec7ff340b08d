package io.clicktrail.schemas.tuning;

import io.clicktrail.tuning.Tuning;

/** A tuning file that was read. */
public sealed interface TuningResult {

    /** A document that can be put in force. */
    record Valid(Tuning document) implements TuningResult {}

    /**
     * A document that is refused, with its first mistake.
     *
     * @param file name of the file
     * @param line line of the mistake, from 1
     * @param reason the mistake in words
     */
    record Invalid(String file, int line, String reason) implements TuningResult {

        @Override
        public String toString() {
            return file + ":" + line + ": " + reason;
        }
    }
}
