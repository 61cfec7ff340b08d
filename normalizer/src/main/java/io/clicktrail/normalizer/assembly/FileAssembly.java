package io.clicktrail.normalizer.assembly;

import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Piece;
import io.clicktrail.normalizer.raw.RawCoordinates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of files together, where no time passes: an event is open until the file ends or the bounds are
 * reached.
 */
public final class FileAssembly {

    private final Assembler<?> assembler;
    private final AssemblyBounds bounds;
    private final Map<String, OpenEvent> events = new HashMap<>();
    private final OpenEventIndex index = new OpenEventIndex();

    public FileAssembly(Assembler<?> assembler, AssemblyBounds bounds) {
        this.assembler = assembler;
        this.bounds = bounds;
    }

    /** Takes the pieces of one record; what is settled by them, in order. */
    public List<AssembledEvent> take(Outcome.Partial partial, byte[] value, RawCoordinates at) {
        List<AssembledEvent> settled = new ArrayList<>(1);
        boolean isCounted = partial.rest() == null;
        for (Piece piece : partial.pieces()) {
            AssemblyStep step = assembler.take(
                    events.get(piece.event()), PendingPiece.of(piece, value, at, isCounted, null, List.of()), 0);
            isCounted = false;
            keep(piece.event(), step.open());
            if (step.settled() != null) {
                settled.add(step.settled());
            }
        }
        while (index.size() > bounds.open() || index.bytes() > bounds.openBytes()) {
            settleOldest(settled);
        }
        return settled;
    }

    /** Settles what is open at the end of a file. */
    public List<AssembledEvent> finish() {
        List<AssembledEvent> settled = new ArrayList<>(index.size());
        while (index.oldest() != null) {
            settleOldest(settled);
        }
        return settled;
    }

    private void keep(String key, @Nullable OpenEvent open) {
        if (open == null) {
            events.remove(key);
            index.remove(key);
        } else {
            events.put(key, open);
            index.put(key, open);
        }
    }

    private void settleOldest(List<AssembledEvent> settled) {
        String oldest = index.oldest();
        OpenEvent event = oldest == null ? null : events.get(oldest);
        if (oldest != null && event != null) {
            keep(oldest, null);
            settled.add(assembler.expire(event));
        }
    }
}
