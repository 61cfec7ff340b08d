package io.clicktrail.normalizer.format;

import java.util.List;

/**
 * A format of log records: a signature that only its records have, and a reader that makes events of them.
 *
 * <p>A new format is one class and one line in {@code Formats}. It never guesses: what its signature does not claim
 * goes on to the next format and at last to the rejected topic.
 */
public sealed interface Format permits JsonFormat, TextFormat {

    /**
     * The name of the format in the rejected topic's headers and in the documentation, for example {@code windows.xml}.
     */
    String name();

    /**
     * Every dataset that its events and its ignored records can have: a fixed, small set; one of the format's name if
     * not said.
     */
    default List<String> datasets() {
        return List.of(name());
    }
}
