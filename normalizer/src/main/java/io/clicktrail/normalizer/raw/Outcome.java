package io.clicktrail.normalizer.raw;

import io.clicktrail.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a raw record.
 *
 * <p>A record is one Kafka value. It may hold several documents: lines, JSON documents one after another, array
 * elements, XML events. It is {@link Normalized} if at least one of them gave an event, else {@link Rejected} if at
 * least one was broken, else {@link Ignored}. Every record has exactly one outcome, so that {@code received =
 * normalized + ignored + rejected} holds; the broken documents of a normalized record are its faults, and each of them
 * goes to the rejected topic by itself.
 */
public sealed interface Outcome {

    /**
     * The record gave events.
     *
     * @param events at least one, in the order of the record
     * @param skipped documents beside them that are understood but of no use
     * @param faults documents beside them that could not be read
     */
    record Normalized(List<Event> events, List<Ignored> skipped, List<Rejected> faults) implements Outcome {
        public Normalized {
            events = List.copyOf(events);
            skipped = List.copyOf(skipped);
            faults = List.copyOf(faults);
        }

        /** The outcomes of the facts in one document as one; the first where none gave an event. */
        public static Outcome ofAll(List<Outcome> outcomes) {
            List<Event> events = new ArrayList<>();
            for (Outcome each : outcomes) {
                if (each instanceof Normalized normalized) {
                    events.addAll(normalized.events);
                }
            }
            return events.isEmpty() ? outcomes.getFirst() : new Normalized(events, List.of(), List.of());
        }

        public static Normalized of(Event event) {
            return new Normalized(List.of(event), List.of(), List.of());
        }
    }

    /**
     * The record is understood but of no use here.
     *
     * @param dataset the log it belongs to, one of a fixed set
     * @param reason what it is, for people
     * @param program whose log it is, as the record says; null where the dataset says it
     */
    record Ignored(String dataset, String reason, @Nullable String program) implements Outcome {
        public Ignored(String dataset, String reason) {
            this(dataset, reason, null);
        }
    }

    /**
     * The record, or a document in it, could not be read.
     *
     * @param reason why
     * @param format the format that was tried, {@code none} where no signature fitted
     * @param position the byte at which reading failed; where it failed inside an envelope, the byte at which that
     *     begins
     * @param from the first byte of the document in the value
     * @param to the byte after its last one
     */
    record Rejected(Reason reason, String format, int position, int from, int to) implements Outcome {}

    /**
     * The record holds pieces of events whose other pieces are in other records: what becomes of it is known when
     * they are there, or when the time for them is over.
     *
     * @param pieces at least one, in the order of the record
     * @param rest what became of the record's other documents, never a {@link Partial} itself; null where there are
     *     none, so that the record is counted with its first piece
     */
    record Partial(List<Piece> pieces, @Nullable Outcome rest) implements Outcome {
        public Partial {
            pieces = List.copyOf(pieces);
        }
    }
}
