package io.clicktrail.standalone.reading;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.parse.RecordTrace;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Collects how a record is read, document by document. One for each record. */
public final class RecordExplanation implements RecordTrace {

    /** The most documents of a record that are explained. */
    public static final int MAX_DOCUMENTS = 100;

    private final EventJson json = EventJson.ofFiles();
    private final Deque<String> envelopes = new ArrayDeque<>();
    private final List<ExplainedDocument> documents = new ArrayList<>();

    public List<ExplainedDocument> documents() {
        return List.copyOf(documents);
    }

    @Override
    public void enter(String envelope) {
        envelopes.addLast(envelope);
    }

    @Override
    public void leave() {
        envelopes.removeLast();
    }

    @Override
    public void read(String format, Span document, Outcome outcome) {
        if (documents.size() == MAX_DOCUMENTS) {
            return;
        }
        String text = new String(document.bytes(), document.from(), document.length(), StandardCharsets.UTF_8);
        List<NamedValue> fields = new ArrayList<>();
        if (outcome instanceof Outcome.Normalized normalized) {
            for (Event event : normalized.events()) {
                for (NamedValue each : NamedValues.json(json.write(event))) {
                    if (!isOwn(each.name())) {
                        fields.add(each);
                    }
                }
            }
        }
        documents.add(new ExplainedDocument(
                List.copyOf(envelopes),
                format,
                word(outcome),
                fields,
                outcome instanceof Outcome.Normalized ? LeftOver.names(NamedValues.of(text), fields) : List.of()));
    }

    /** Fields that say where the event came from, not what the record says. */
    private static boolean isOwn(String name) {
        return name.startsWith("source.") || name.equals("event.id") || name.equals("event.hash");
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Normalized normalized ->
                "normalized as "
                        + String.join(
                                ", ",
                                normalized.events().stream()
                                        .map(event -> event.getSource().getDataset() + " " + event.getKind())
                                        .toList());
            case Outcome.Ignored ignored ->
                "ignored as " + ignored.dataset() + (ignored.program() == null ? "" : " of " + ignored.program()) + ": "
                        + ignored.reason();
            case Outcome.Rejected rejected -> "rejected: " + rejected.reason();
            case Outcome.Partial partial -> "a piece of an event whose other pieces are other records";
        };
    }
}
