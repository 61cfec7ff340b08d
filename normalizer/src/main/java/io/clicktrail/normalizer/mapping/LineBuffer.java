package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The line that formats are tried on, which all of them share: where it ends, which texts it may contain, its
 * characters, and how the form that recognised it took it apart, so that reading it need not do so again. A text is
 * another one where its {@link Span} is another object. Not safe for several threads.
 */
final class LineBuffer {

    private static final Span NONE = new Span(new byte[0], 0, 0);
    private static final int[] NO_PLACES = {};

    private final PairFilter filter = new PairFilter();
    private Span text = NONE;
    private Span line = NONE;
    private Span filtered = NONE;
    private @Nullable String characters;
    private @Nullable LineForm form;
    private int[] places = NO_PLACES;

    /** The line that a text begins with, which is the same object for the same text. */
    @SuppressWarnings("ReferenceEquality")
    Span line(Span next) {
        if (text != next) {
            turnTo(new Span(next.bytes(), next.from(), Lines.end(next.bytes(), next.from(), next.to())));
            text = next;
        }
        return line;
    }

    /** Turns to a line. */
    @SuppressWarnings("ReferenceEquality")
    void turnTo(Span next) {
        if (line != next) {
            text = NONE;
            line = next;
            characters = null;
            form = null;
        }
    }

    /** Whether the line contains a text. */
    @SuppressWarnings("ReferenceEquality")
    boolean contains(Mark mark) {
        if (filtered != line) {
            filter.look(line);
            filtered = line;
        }
        return filter.mayContain(mark) && Lines.find(line.bytes(), line.from(), line.to(), mark.text()) >= 0;
    }

    String characters() {
        if (characters == null) {
            characters = new String(line.bytes(), line.from(), line.length(), StandardCharsets.UTF_8);
        }
        return characters;
    }

    /** The form recognises the line, with the places of the groups of its pattern. */
    void recognised(LineForm by, int[] groups) {
        form = by;
        places = groups;
    }

    /** The form that has recognised a line; null where the line at hand is another, or none has. */
    @Nullable
    LineForm recogniser(Span wanted) {
        return line.bytes() == wanted.bytes() && line.from() == wanted.from() && line.to() == wanted.to() ? form : null;
    }

    /** The places of the groups; they are read once. */
    int[] take() {
        form = null;
        return places;
    }
}
