package io.clicktrail.benchmarks.chains;

import java.time.Instant;
import java.util.Locale;

/**
 * A chain that was found.
 *
 * @param host host key
 * @param first time of its first event
 * @param last time of its last event
 * @param names places, files and command lines in it, lower case, in one text
 */
public record ChainMatch(String host, Instant first, Instant last, String names) {

    private static final String BETWEEN = "\t";
    private static final int FIELDS = 4;

    public ChainMatch {
        names = names.replace(BETWEEN, " ").toLowerCase(Locale.ROOT);
    }

    /** One line with the fields between tabs. */
    public String text() {
        return String.join(BETWEEN, host, first.toString(), last.toString(), names);
    }

    /**
     * Reads {@link #text}.
     *
     * @throws IllegalArgumentException where it is no such line
     */
    public static ChainMatch of(String text) {
        String[] fields = text.split(BETWEEN, FIELDS);
        if (fields.length < FIELDS) {
            throw new IllegalArgumentException("not a chain: " + text);
        }
        return new ChainMatch(fields[0], Instant.parse(fields[1]), Instant.parse(fields[2]), fields[3]);
    }
}
