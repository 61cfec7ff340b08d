package io.clicktrail.normalizer.assembly;

import java.util.List;

/**
 * An event of which pieces are still expected.
 *
 * @param openedMillis stream time at its first piece, ms since 1970
 * @param pieces those that came, at least one, in the order of their coming
 */
public record OpenEvent(long openedMillis, List<PendingPiece> pieces) {

    public OpenEvent {
        pieces = List.copyOf(pieces);
    }

    /** What it takes, bytes, within a few dozen for each piece. */
    public int bytes() {
        int bytes = 0;
        for (PendingPiece piece : pieces) {
            bytes += piece.bytes();
        }
        return bytes;
    }
}
