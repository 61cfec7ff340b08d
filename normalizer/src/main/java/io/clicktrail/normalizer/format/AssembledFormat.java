package io.clicktrail.normalizer.format;

import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Span;
import java.util.List;

/** A format whose events are spread over several documents, which may be in several raw records. */
public interface AssembledFormat {

    /** Puts the pieces of one event together, in any order, with repetitions. */
    Assembled assemble(List<Span> pieces);

    /** The pieces of one event, as many as are there. */
    interface Assembled {

        /** Whether nothing is missing. */
        boolean isComplete();

        /** The place in the list of the piece that the event's coordinates are taken from. */
        int decisive();

        /** Reads the event, complete or as far as it came. The reading has turned to one of the pieces. */
        Outcome read(RecordContext context);
    }
}
