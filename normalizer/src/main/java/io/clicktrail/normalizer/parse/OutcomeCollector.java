package io.clicktrail.normalizer.parse;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.format.AssembledFormat;
import io.clicktrail.normalizer.format.AssembledFormat.Assembled;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Outcome.Ignored;
import io.clicktrail.normalizer.raw.Outcome.Normalized;
import io.clicktrail.normalizer.raw.Outcome.Partial;
import io.clicktrail.normalizer.raw.Outcome.Rejected;
import io.clicktrail.normalizer.raw.Piece;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the outcomes of the documents of one record and makes the record's outcome of them.
 *
 * <p>A fault names the bytes of the value that are rejected: the document itself, the outermost envelope around it, or
 * the whole value if its bytes were expanded or transcoded, since places in them are no places in the value. Adjacent
 * lines that nothing recognises are one fault.
 */
final class OutcomeCollector {

    /** The name of the format in a rejection when no signature matched. */
    static final String NO_FORMAT = "none";

    private final byte[] value;
    private final boolean isVerbatim;
    private List<Event> events = List.of();
    private @Nullable Normalized only;
    private List<Ignored> skipped = List.of();
    private List<Rejected> faults = List.of();
    private List<Piece> pieces = List.of();
    private @Nullable Span outer;

    /**
     * @param isVerbatim whether the bytes that are read are those of the value, so that places in them are places in it
     */
    OutcomeCollector(byte[] value, boolean isVerbatim) {
        this.value = value;
        this.isVerbatim = isVerbatim;
    }

    /** Enters an envelope; returns what {@link #leave} needs. */
    @Nullable
    Span enterEnvelope(Span envelope) {
        Span around = outer;
        if (around == null) {
            outer = envelope;
        }
        return around;
    }

    /** The outermost envelope around what is read; null where there is none. */
    @Nullable
    Span envelope() {
        return outer;
    }

    /** Enters an array: its elements, if they are bytes of the value, are rejected by themselves. */
    @Nullable
    Span enterArray(Span array) {
        Span around = outer;
        if (array.bytes() == value) {
            outer = null;
        }
        return around;
    }

    /** Leaves the innermost envelope or array. */
    void leave(@Nullable Span around) {
        outer = around;
    }

    /** The number of outcomes so far. */
    int count() {
        return events.size() + skipped.size() + faults.size() + pieces.size();
    }

    int faultCount() {
        return faults.size();
    }

    /** Adds what became of a document in these bytes. */
    void add(Outcome outcome, byte[] bytes) {
        switch (outcome) {
            case Normalized normalized -> addEvents(normalized);
            case Ignored ignored -> {
                if (skipped.isEmpty()) {
                    skipped = new ArrayList<>(1);
                }
                skipped.add(ignored);
            }
            case Rejected rejected ->
                fault(
                        rejected.reason(),
                        rejected.format(),
                        rejected.position(),
                        new Span(bytes, rejected.from(), rejected.to()));
            case Partial partial -> {
                if (pieces.isEmpty()) {
                    pieces = new ArrayList<>();
                }
                for (Piece piece : partial.pieces()) {
                    pieces.add(whole(piece));
                }
            }
        }
    }

    private void addEvents(Normalized normalized) {
        if (events.isEmpty()) {
            events = normalized.events();
            only = normalized;
            return;
        }
        if (only != null) {
            events = new ArrayList<>(events);
            only = null;
        }
        events.addAll(normalized.events());
    }

    /**
     * The piece with its envelopes: the outermost one, the line that a header begins, or the whole of a transcoded
     * value.
     */
    private Piece whole(Piece piece) {
        if (!isVerbatim) {
            return piece.at(0, value.length);
        }
        if (outer != null) {
            return piece.at(outer.from(), outer.to());
        }
        int from = piece.from();
        byte[] bytes = piece.body().bytes();
        while (from > 0 && bytes[from - 1] != '\n') {
            from--;
        }
        return piece.at(from, piece.to());
    }

    /**
     * Adds a broken document. Inside an envelope the envelope is rejected, unless that is a list of records that are in
     * the value as they are; of a transcoded value the whole is rejected.
     */
    void fault(Reason reason, String format, int position, Span document) {
        if (!isVerbatim) {
            if (faults.isEmpty()) {
                append(new Rejected(reason, format, 0, 0, value.length));
            }
            return;
        }
        Span whole = outer == null ? document : outer;
        int at = outer == null ? position : outer.from();
        Rejected last = faults.isEmpty() ? null : faults.getLast();
        if (last != null && last.from() == whole.from()) {
            return;
        }
        if (last != null && last.reason() == reason && follows(last, whole)) {
            faults.removeLast();
            append(new Rejected(reason, format, last.position(), last.from(), whole.to()));
            return;
        }
        append(new Rejected(reason, format, at, whole.from(), whole.to()));
    }

    private void append(Rejected fault) {
        if (faults.isEmpty()) {
            faults = new ArrayList<>(1);
        }
        faults.add(fault);
    }

    /** Whether a document follows one that nothing recognised either, with only blanks between them. */
    private static boolean follows(Rejected last, Span next) {
        return last.reason() == Reason.UNKNOWN_FORMAT
                && Lines.skipBlanks(next.bytes(), last.to(), next.from()) == next.from();
    }

    /** The outcome of the record, now that all its documents are read. */
    Outcome outcome(AssembledFormat format, RecordContext context) {
        List<Piece> open = pieces.isEmpty() ? pieces : assemble(format, context);
        if (open.isEmpty()) {
            return complete();
        }
        boolean isAll = events.isEmpty() && skipped.isEmpty() && faults.isEmpty();
        return new Partial(open, isAll ? null : complete());
    }

    /** Reads the events of which all pieces are here; returns the pieces of the others. */
    private List<Piece> assemble(AssembledFormat format, RecordContext context) {
        Map<String, List<Piece>> byEvent = new LinkedHashMap<>();
        for (Piece piece : pieces) {
            byEvent.computeIfAbsent(piece.event(), absent -> new ArrayList<>(4)).add(piece);
        }
        List<Piece> open = new ArrayList<>();
        for (List<Piece> event : byEvent.values()) {
            List<Span> bodies = new ArrayList<>(event.size());
            for (Piece piece : event) {
                bodies.add(piece.body());
            }
            Assembled assembled = format.assemble(bodies);
            if (assembled.isComplete()) {
                Piece decisive = event.get(assembled.decisive());
                context.enter(decisive.body(), new EnvelopeMetadata(decisive.host(), null, null));
                add(assembled.read(context), decisive.body().bytes());
            } else {
                open.addAll(event);
            }
        }
        return open;
    }

    private Outcome complete() {
        if (only != null && skipped.isEmpty() && faults.isEmpty()) {
            return only;
        }
        if (!events.isEmpty()) {
            return new Normalized(events, skipped, faults);
        }
        if (!faults.isEmpty()) {
            Rejected first = faults.getFirst();
            return new Rejected(first.reason(), first.format(), first.position(), 0, value.length);
        }
        return skipped.isEmpty() ? new Rejected(Reason.EMPTY, NO_FORMAT, 0, 0, value.length) : skipped.getLast();
    }
}
