package io.clicktrail.normalizer.format;

import io.clicktrail.normalizer.json.Span;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;

/** A format whose events are told in several documents, which may stand in several raw records. */
public interface AssembledFormat {

    /** Whether nothing is missing of the event whose pieces these are, in any order, with repetitions. */
    boolean isComplete(List<Span> pieces);

    /** Reads the pieces of one event, complete or as many as came. The reading has turned to one of them. */
    Outcome read(List<Span> pieces, Reading reading);

    /** The place in the list of the piece that the event's coordinates are taken from. */
    int decisive(List<Span> pieces);
}
