package io.clicktrail.normalizer.envelope;

import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonCondition;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of the table of envelopes: which documents are such, which member holds the record, what the rest says. */
public final class JsonEnvelope {

    private static final String NONE = "-";

    private final String name;
    private final JsonCondition when;
    private final int[] records;
    private final boolean isList;
    private final Packing packing;
    private final List<Source> host;
    private final List<Source> time;
    private final @Nullable String log;
    private final int logSlot;

    JsonEnvelope(JsonPaths paths, String[] row) {
        name = row[0];
        when = row[2].equals(NONE) ? JsonCondition.ALWAYS : JsonCondition.of(paths, row[2]);
        packing = Packing.of(row[3]);
        isList = row[3].startsWith("[]");
        records = Arrays.stream(row[3].split("\\|", -1))
                .map(path -> path.startsWith("[]") ? path.substring(2) : path)
                .map(path -> packing == Packing.NONE ? path : path.substring(1))
                .mapToInt(paths::span)
                .toArray();
        host = sources(paths, row[4]);
        time = sources(paths, row[5]);
        log = row[6].startsWith("=") ? row[6].substring(1) : null;
        logSlot = row[6].startsWith(".") ? paths.field(row[6].substring(1)) : -1;
    }

    /** The name of the row; rows of one name are opened together. */
    public String name() {
        return name;
    }

    /**
     * The place of the record inside and what the envelope says about it; null where the document is no such envelope.
     */
    public @Nullable Opened open(JsonFields document) {
        if (!when.holds(document)) {
            return null;
        }
        for (int slot : records) {
            Span record = document.inner(slot);
            if (record != null && isRecord(record)) {
                EventTime sent = null;
                for (int i = 0; i < time.size() && sent == null; i++) {
                    sent = time(time.get(i).get(document));
                }
                return new Opened(record, new EnvelopeMetadata(host(document), sent, log(document)), packing);
            }
        }
        return null;
    }

    private boolean isRecord(Span record) {
        byte first = record.bytes()[record.from()];
        return isList
                ? first == '[' && Lines.skipBlanks(record.bytes(), record.from() + 1, record.to()) < record.to() - 1
                : (first == '"' || first == '{' || first == '[');
    }

    /** A principal such as {@code WS-17$@CORP} is the host before the at sign. */
    private @Nullable String host(JsonFields document) {
        for (Source each : host) {
            String text = Placeholders.absent(each.get(document));
            if (text != null) {
                int at = text.indexOf('@');
                return at < 0 ? text : text.substring(0, at);
            }
        }
        return null;
    }

    private @Nullable String log(JsonFields document) {
        String text = logSlot < 0 ? log : document.get(logSlot);
        return text == null ? null : text.substring(text.lastIndexOf('.') + 1);
    }

    /** A time without zone says too little to be used for a record. */
    private static @Nullable EventTime time(@Nullable String text) {
        EventTime epoch = EventTime.epoch(text);
        return epoch != null || text == null || !(text.endsWith("Z") || text.indexOf('+') > 0)
                ? epoch
                : EventTime.iso(text, ZoneOffset.UTC, TimeQuality.EXACT);
    }

    private static List<Source> sources(JsonPaths paths, String cell) {
        return cell.equals(NONE)
                ? List.of()
                : Arrays.stream(cell.split("\\|", -1))
                        .map(text -> Source.of(paths, text))
                        .toList();
    }

    /**
     * A record inside an envelope.
     *
     * @param body a JSON value, a JSON string that holds the record, or a JSON array of such
     * @param metadata what the envelope says
     * @param packing how the record is packed
     */
    public record Opened(Span body, EnvelopeMetadata metadata, Packing packing) {}

    /** How a record is packed: not at all, as gzip in Base64, or as a value of OTLP. */
    public enum Packing {
        NONE,
        BASE64,
        OTLP;

        private static Packing of(String path) {
            return path.startsWith("*") ? BASE64 : path.startsWith("%") ? OTLP : NONE;
        }
    }

    /** A value, or one of a list of keys and values. */
    private record Source(int slot, int values, @Nullable String key) {

        static Source of(JsonPaths paths, String text) {
            int at = text.indexOf('@', 1);
            return at < 0
                    ? new Source(paths.field(text), -1, null)
                    : new Source(
                            paths.field(text.substring(0, at) + ".key"),
                            paths.field(text.substring(0, at) + ".value.stringValue"),
                            text.substring(at + 1));
        }

        @Nullable
        String get(JsonFields document) {
            if (key == null) {
                return document.get(slot);
            }
            List<String> keys = document.all(slot);
            List<String> texts = document.all(values);
            int at = keys.indexOf(key);
            return at < 0 || keys.size() != texts.size() ? null : texts.get(at);
        }
    }
}
