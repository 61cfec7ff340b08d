package io.clicktrail.normalizer.assembly;

import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;

/**
 * What became of pieces that waited: one outcome for all of them.
 *
 * @param outcome never {@link Outcome.Partial}
 * @param pieces at least one
 */
public record AssembledEvent(Outcome outcome, List<PendingPiece> pieces) {

    public AssembledEvent {
        pieces = List.copyOf(pieces);
    }
}
