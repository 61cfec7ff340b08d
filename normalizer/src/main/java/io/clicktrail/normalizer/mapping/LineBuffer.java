package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * The line that was last recognised, and how its form's pattern took it apart, so that reading it need not do so again.
 * Not safe for several threads.
 */
final class LineBuffer {

    private @Nullable LineForm form;
    private @Nullable Span line;
    private String text = "";
    private int[] places = {};

    void put(LineForm by, Span recognised, String asText, int[] where) {
        form = by;
        line = recognised;
        text = asText;
        places = where;
    }

    /** Whether the form has recognised the line. */
    boolean has(LineForm by, Span wanted) {
        return form == by
                && line != null
                && line.bytes() == wanted.bytes()
                && line.from() == wanted.from()
                && line.to() == wanted.to();
    }

    String text() {
        return text;
    }

    /** The places of the groups; they are read once. */
    int[] take() {
        form = null;
        line = null;
        return places;
    }
}
