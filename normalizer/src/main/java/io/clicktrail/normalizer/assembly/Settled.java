package io.clicktrail.normalizer.assembly;

import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;

/**
 * What became of pieces that waited: one outcome for all of them.
 *
 * @param outcome never {@link Outcome.Partial}
 * @param pieces at least one
 */
public record Settled(Outcome outcome, List<HeldPiece> pieces) {

    public Settled {
        pieces = List.copyOf(pieces);
    }
}
