package io.clicktrail.normalizer.assembly;

import io.clicktrail.normalizer.event.Fingerprints;
import io.clicktrail.normalizer.format.AssembledFormat;
import io.clicktrail.normalizer.format.AssembledFormat.Assembled;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Span;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of one event together. It keeps no state: the open event is an argument and a result, so that the
 * same pieces give the same event wherever they are kept. Not safe for several threads.
 *
 * <p>An event is open from its first piece on and is settled once: when it is complete ({@link #take}), when its time
 * is over ({@link #expire}), or when it must make room ({@link #evict}). A piece above the bounds of its event is
 * rejected by itself and the event stays open. The caller holds the bounds on all open events.
 *
 * <p>Cost: each piece reads the pieces before it again, so n pieces cost n² reads, with n bounded by {@link
 * AssemblyBounds#pieces}; an audit event has three to ten.
 *
 * @param <F> the format whose events come in pieces
 */
public final class Assembler<F extends Format & AssembledFormat> {

    private final F format;
    private final InputLimits limits;
    private final AssemblyBounds bounds;
    private final Fingerprints fingerprints = new Fingerprints();

    public Assembler(F format, InputLimits limits, AssemblyBounds bounds) {
        this.format = format;
        this.limits = limits;
        this.bounds = bounds;
    }

    /**
     * Adds a piece to its event.
     *
     * @param open what is open of the event, null where this is its first piece
     * @param streamMillis stream time, ms since 1970
     */
    public AssemblyStep take(@Nullable OpenEvent open, PendingPiece piece, long streamMillis) {
        if (open != null
                && (open.pieces().size() >= bounds.pieces() || open.bytes() + piece.bytes() > bounds.bytes())) {
            return new AssemblyStep(open, new AssembledEvent(rejected(Reason.CROWDED_OUT, piece), List.of(piece)));
        }
        List<PendingPiece> pieces =
                new ArrayList<>(open == null ? 1 : open.pieces().size() + 1);
        if (open != null) {
            pieces.addAll(open.pieces());
        }
        pieces.add(piece);
        Assembled event = format.assemble(bodies(pieces));
        return event.isComplete()
                ? new AssemblyStep(null, new AssembledEvent(read(event, pieces), pieces))
                : new AssemblyStep(new OpenEvent(open == null ? streamMillis : open.openedMillis(), pieces), null);
    }

    /** Settles an event whose time is over, with the pieces that came. */
    public AssembledEvent expire(OpenEvent open) {
        return new AssembledEvent(read(format.assemble(bodies(open.pieces())), open.pieces()), open.pieces());
    }

    /** Settles an event that must make room. */
    public AssembledEvent evict(OpenEvent open) {
        return new AssembledEvent(rejected(Reason.CROWDED_OUT, open.pieces().getFirst()), open.pieces());
    }

    /** Whether the time of an event is over. */
    public boolean isOver(long openedMillis, long streamMillis) {
        return streamMillis - openedMillis >= bounds.time().toMillis();
    }

    private Outcome read(Assembled event, List<PendingPiece> pieces) {
        PendingPiece decisive = pieces.get(event.decisive());
        RecordContext context =
                new RecordContext(decisive.at(), limits, ZoneOffset.UTC, fingerprints, decisive.valueHash());
        context.enter(
                new Span(decisive.body(), 0, decisive.body().length),
                new EnvelopeMetadata(decisive.host(), null, null));
        return event.read(context);
    }

    private Outcome rejected(Reason reason, PendingPiece piece) {
        return new Outcome.Rejected(reason, format.name(), 0, 0, piece.document().length);
    }

    private static List<Span> bodies(List<PendingPiece> pieces) {
        List<Span> bodies = new ArrayList<>(pieces.size());
        for (PendingPiece piece : pieces) {
            bodies.add(new Span(piece.body(), 0, piece.body().length));
        }
        return bodies;
    }
}
