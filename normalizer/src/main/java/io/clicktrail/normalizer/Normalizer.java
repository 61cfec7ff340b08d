package io.clicktrail.normalizer;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.assembly.Assembler;
import io.clicktrail.normalizer.assembly.Bounds;
import io.clicktrail.normalizer.envelope.Compression;
import io.clicktrail.normalizer.envelope.Compression.Expansion;
import io.clicktrail.normalizer.envelope.Decoding;
import io.clicktrail.normalizer.envelope.JsonEnvelope;
import io.clicktrail.normalizer.envelope.SyslogEscapes;
import io.clicktrail.normalizer.envelope.SyslogHeader;
import io.clicktrail.normalizer.envelope.XmlMarkup;
import io.clicktrail.normalizer.event.Fingerprints;
import io.clicktrail.normalizer.fields.ColumnHeader;
import io.clicktrail.normalizer.format.AssembledFormat.Assembled;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.Lines;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.format.Transport;
import io.clicktrail.normalizer.json.JsonFault;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonReader;
import io.clicktrail.normalizer.json.JsonScanner;
import io.clicktrail.normalizer.json.Span;
import io.clicktrail.normalizer.linux.AuditdText;
import io.clicktrail.normalizer.macos.MessagePatterns;
import io.clicktrail.normalizer.mapping.Mapping;
import io.clicktrail.normalizer.raw.Columns;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Outcome.Ignored;
import io.clicktrail.normalizer.raw.Outcome.Normalized;
import io.clicktrail.normalizer.raw.Outcome.Partial;
import io.clicktrail.normalizer.raw.Outcome.Rejected;
import io.clicktrail.normalizer.raw.Piece;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.raw.Zones;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns raw records into events, without Kafka. Not safe for several threads: each has its own.
 *
 * <p>A record is one Kafka value. It holds one document or several: JSON documents one after another with or without
 * line breaks between them, elements of an array, XML events, lines. Each is taken out of its envelopes and offered to
 * the formats by signature.
 *
 * <p>A broken document costs only itself. Behind a broken JSON document reading goes on at the next line that begins
 * with a brace; behind a line that nothing recognises, at the next line; an XML event or an array that breaks off takes
 * the rest of the value with it.
 */
public final class Normalizer {

    private static final String NO_FORMAT = "none";
    private static final String JSON = "json";
    private static final String XML = "xml";
    private static final int NOT_READ = -1;

    /** The cookie that syslog daemons put before JSON (cee.mitre.org, CEE Log Transport). */
    private static final String CEE = "@cee:";

    private final InputLimits limits;
    private final Zones zones;
    private final Columns columns;
    private final Map<String, ColumnHeader> headers = new HashMap<>();
    private final Formats formats;
    private final TextFormat[][] textByFirstByte;
    private final JsonReader json;
    private final JsonFields[] tables;
    private final Fingerprints fingerprints = new Fingerprints();

    /**
     * The formats of the project alone.
     *
     * @param limits the bounds of what is read
     * @param zone where the clocks of devices stand that write times without a zone
     */
    public Normalizer(InputLimits limits, ZoneId zone) {
        this(limits, Zones.of(zone), Columns.NONE, MessagePatterns.bundled(), List.of());
    }

    /**
     * @param limits the bounds of what is read
     * @param zones where the clocks of devices stand that write times without a zone
     * @param columns the columns of rows that come without their header
     * @param messages what messages of macOS's unified log mean
     * @param mappings an operator's own formats
     * @throws IllegalArgumentException where the columns are no header of any format
     */
    public Normalizer(
            InputLimits limits, Zones zones, Columns columns, MessagePatterns messages, List<Mapping> mappings) {
        this.limits = limits;
        this.zones = zones;
        this.columns = columns;
        this.formats = Formats.of(limits, messages, mappings);
        this.textByFirstByte = formats.textByFirstByte();
        this.json = new JsonReader(formats.paths(), limits);
        this.tables = new JsonFields[limits.envelopes() + 1];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = json.newFields();
        }
        columns.byTopic().values().forEach(this::learn);
        if (columns.everywhere() != null) {
            learn(columns.everywhere());
        }
    }

    private void learn(String header) {
        ColumnHeader read = formats.header(header);
        if (read == null) {
            throw new IllegalArgumentException("'" + header + "' is no header of a format whose rows have one");
        }
        headers.put(header, read);
    }

    /** What puts together the events whose pieces {@link #normalize} finds in several records. */
    public static Assembler<?> assembler(InputLimits limits, Bounds bounds) {
        return new Assembler<>(new AuditdText(), limits, bounds);
    }

    /** Reads one raw record. Any bytes have an outcome; none throw. */
    public Outcome normalize(byte @Nullable [] value, RawCoordinates at) {
        if (value == null || value.length == 0) {
            return new Rejected(Reason.EMPTY, NO_FORMAT, 0, 0, 0);
        }
        if (value.length > limits.valueBytes()) {
            return new Rejected(Reason.TOO_LARGE, NO_FORMAT, limits.valueBytes(), 0, value.length);
        }
        byte[] plain = value;
        if (Compression.isGzip(value)) {
            switch (Compression.expand(value, limits.valueBytes())) {
                case Expansion.Expanded expanded -> plain = expanded.bytes();
                case Expansion.Refused refused -> {
                    return new Rejected(refused.reason(), NO_FORMAT, 0, 0, value.length);
                }
            }
        }
        Decoding decoded = Decoding.of(plain);
        byte[] bytes = decoded.bytes();
        if (decoded.isAscii()) {
            json.ascii(bytes);
        }
        ZoneId zone = zones.of(at.topic());
        RecordContext reading = new RecordContext(at, limits, zone, fingerprints, value, decoded.isReplaced());
        String rows = columns.of(at.topic());
        ColumnHeader header = rows == null ? null : headers.get(rows);
        if (header != null) {
            reading.header(header);
        }
        Walk walk = new Walk(reading, zone, at.deliveredMillis(), value, bytes == value);
        walk.documents(new Span(bytes, decoded.from(), bytes.length), 0, Transport.NONE);
        return walk.outcome();
    }

    /** The way through the documents of one record. */
    private final class Walk {
        private final RecordContext reading;
        private final ZoneId zone;
        private final long deliveredMillis;
        private final byte[] value;
        private final boolean isVerbatim;
        private final int valueLength;
        private List<Event> events = List.of();
        private @Nullable Normalized only;
        private List<Ignored> skipped = List.of();
        private List<Rejected> faults = List.of();
        private List<Piece> pieces = List.of();
        private int documents;
        private int expandedBytes;
        private @Nullable Span outer;

        /**
         * @param isVerbatim whether the bytes that are read are those of the value, so that places in them are places
         *     in it
         */
        Walk(RecordContext reading, ZoneId zone, long deliveredMillis, byte[] value, boolean isVerbatim) {
            this.reading = reading;
            this.zone = zone;
            this.deliveredMillis = deliveredMillis;
            this.value = value;
            this.isVerbatim = isVerbatim;
            this.valueLength = value.length;
        }

        Outcome outcome() {
            List<Piece> open = pieces.isEmpty() ? pieces : assemble();
            if (open.isEmpty()) {
                return read();
            }
            boolean isAll = events.isEmpty() && skipped.isEmpty() && faults.isEmpty();
            return new Partial(open, isAll ? null : read());
        }

        /** Reads the events of which all pieces are here; the pieces of the others. */
        private List<Piece> assemble() {
            Map<String, List<Piece>> byEvent = new LinkedHashMap<>();
            for (Piece piece : pieces) {
                byEvent.computeIfAbsent(piece.event(), absent -> new ArrayList<>(4))
                        .add(piece);
            }
            List<Piece> open = new ArrayList<>();
            for (List<Piece> event : byEvent.values()) {
                List<Span> bodies = new ArrayList<>(event.size());
                for (Piece piece : event) {
                    bodies.add(piece.body());
                }
                Assembled assembled = formats.assembled().assemble(bodies);
                if (assembled.isComplete()) {
                    Piece decisive = event.get(assembled.decisive());
                    reading.turnTo(decisive.body(), new Transport(decisive.host(), null, null));
                    add(assembled.read(reading), decisive.body().bytes());
                } else {
                    open.addAll(event);
                }
            }
            return open;
        }

        private Outcome read() {
            if (only != null && skipped.isEmpty() && faults.isEmpty()) {
                return only;
            }
            if (!events.isEmpty()) {
                return new Normalized(events, skipped, faults);
            }
            if (!faults.isEmpty()) {
                Rejected first = faults.getFirst();
                return new Rejected(first.reason(), first.format(), first.position(), 0, valueLength);
            }
            return skipped.isEmpty() ? new Rejected(Reason.EMPTY, NO_FORMAT, 0, 0, valueLength) : skipped.getFirst();
        }

        void documents(Span body, int depth, Transport transport) {
            int at = body.from();
            while (true) {
                at = Lines.skipBlanks(body.bytes(), at, body.to());
                if (at >= body.to()) {
                    return;
                }
                Span rest = new Span(body.bytes(), at, body.to());
                if (isFull(rest)) {
                    return;
                }
                at = next(rest, depth, transport);
            }
        }

        private boolean isFull(Span rest) {
            if (++documents <= limits.documents() && faults.size() < limits.faults()) {
                return false;
            }
            fault(Reason.TOO_MANY, NO_FORMAT, rest.from(), rest);
            return true;
        }

        /** Reads what begins at the beginning of the rest; the byte after it. */
        private int next(Span rest, int depth, Transport transport) {
            byte first = rest.bytes()[rest.from()];
            if (first == '{') {
                return json(rest, depth, transport);
            }
            SyslogHeader header = SyslogHeader.at(rest.bytes(), rest.from(), rest.to(), zone, deliveredMillis);
            if (header != null) {
                int end = behind(header, rest, depth, header.transport().within(transport));
                if (end != NOT_READ) {
                    return end;
                }
            }
            int end = body(rest, rest.from(), depth, transport);
            if (end != NOT_READ) {
                return end;
            }
            int lineEnd = Lines.end(rest.bytes(), rest.from(), rest.to());
            fault(Reason.UNKNOWN_FORMAT, NO_FORMAT, rest.from(), new Span(rest.bytes(), rest.from(), lineEnd));
            return lineEnd;
        }

        /** A header ends at its tag, at its host or at its time stamp, whichever leaves a record behind it. */
        private int behind(SyslogHeader header, Span rest, int depth, Transport transport) {
            int lineEnd = Lines.end(rest.bytes(), rest.from(), rest.to());
            Span unescaped = SyslogEscapes.undo(new Span(rest.bytes(), header.bodyAt(), lineEnd));
            if (unescaped != null) {
                dive(unescaped, new Span(rest.bytes(), rest.from(), lineEnd), depth, transport);
                return lineEnd;
            }
            int end = Lines.skipBlanks(rest.bytes(), header.bodyAt(), lineEnd) < lineEnd
                    ? body(rest, header.bodyAt(), depth, transport)
                    : NOT_READ;
            if (end == NOT_READ && header.tagAt() != header.bodyAt()) {
                end = body(rest, header.tagAt(), depth, transport);
            }
            if (end == NOT_READ && header.restAt() != header.tagAt()) {
                end = body(rest, header.restAt(), depth, new Transport(null, transport.time(), transport.stream()));
            }
            return end;
        }

        /** Reads a record without header; the byte after it, or {@link #NOT_READ} where nothing recognises it. */
        private int body(Span rest, int from, int depth, Transport transport) {
            byte[] bytes = rest.bytes();
            int at = Lines.skipBlanks(bytes, from, rest.to());
            if (at >= rest.to()) {
                return NOT_READ;
            }
            if (bytes[at] == '@' && Lines.startsWith(bytes, at, rest.to(), CEE)) {
                at = Lines.skipBlanks(bytes, at + CEE.length(), rest.to());
                if (at >= rest.to()) {
                    return NOT_READ;
                }
            }
            byte first = bytes[at];
            if (first == '{' || first == '[' || first == '"') {
                int end = json(new Span(bytes, at, rest.to()), depth, transport);
                if (end != NOT_READ) {
                    return end;
                }
            }
            if (first == '<') {
                int start = XmlMarkup.skip(bytes, at, rest.to());
                if (start == XmlMarkup.HAS_DTD) {
                    fault(Reason.XML_DTD, XML, at, rest);
                    return rest.to();
                }
                if (start > at && start >= rest.to()) {
                    return start;
                }
                at = start;
            }
            return text(new Span(bytes, at, rest.to()), depth, transport);
        }

        private int text(Span text, int depth, Transport transport) {
            for (TextFormat format : textByFirstByte[text.bytes()[text.from()] & 255]) {
                if (format.recognises(text)) {
                    return text(format, text, transport);
                }
            }
            if (reading.hasHeader()) {
                for (TextFormat format : formats.text()) {
                    if (format.isRow(text, reading)) {
                        return text(format, text, transport);
                    }
                }
            }
            return NOT_READ;
        }

        private int text(TextFormat format, Span text, Transport transport) {
            int end = format.end(text);
            Span record = new Span(text.bytes(), text.from(), end);
            reading.turnTo(record, transport);
            add(format.read(record, reading), record.bytes());
            return end;
        }

        /** Reads a JSON object, array or string; the byte after it, or {@link #NOT_READ} where it is none after all. */
        private int json(Span rest, int depth, Transport transport) {
            JsonScanner cursor = json.open(rest.bytes(), rest.from(), rest.to());
            return switch (rest.bytes()[rest.from()]) {
                case '{' -> object(cursor, rest, depth, transport);
                case '[' -> array(cursor, rest, depth, transport);
                default -> string(cursor, rest, depth, transport);
            };
        }

        private int object(JsonScanner cursor, Span rest, int depth, Transport transport) {
            try {
                document(cursor, rest, depth, transport);
                return cursor.at();
            } catch (JsonFault e) {
                int next = Lines.find(rest.bytes(), rest.from() + 1, rest.to(), "\n{");
                int end = next < 0 ? rest.to() : next;
                broken(e, new Span(rest.bytes(), rest.from(), end));
                return end;
            }
        }

        /**
         * A bracket may begin a line of text as well: only one with a brace, a quote or a bracket behind it begins
         * JSON.
         */
        private int array(JsonScanner cursor, Span rest, int depth, Transport transport) {
            int second = Lines.skipBlanks(rest.bytes(), rest.from() + 1, rest.to());
            if (second >= rest.to() || "{\"[]".indexOf(rest.bytes()[second]) < 0) {
                return NOT_READ;
            }
            int start = rest.from();
            Span around = outer;
            if (rest.bytes() == value) {
                outer = null;
            }
            try {
                cursor.enter();
                for (boolean isFirst = true; cursor.next(isFirst, ']'); isFirst = false) {
                    start = cursor.at();
                    if (isFull(new Span(rest.bytes(), start, rest.to()))) {
                        return rest.to();
                    }
                    element(cursor, rest, depth, transport);
                }
                return cursor.at();
            } catch (JsonFault e) {
                if (start == rest.from() && rest.bytes()[second] != '{') {
                    return NOT_READ;
                }
                broken(e, new Span(rest.bytes(), start, rest.to()));
                return rest.to();
            } finally {
                outer = around;
            }
        }

        private void element(JsonScanner cursor, Span rest, int depth, Transport transport) {
            int start = cursor.at();
            switch (rest.bytes()[start]) {
                case '{' -> document(cursor, rest, depth, transport);
                case '"' -> {
                    cursor.scalar();
                    dive(utf8(cursor.text()), new Span(rest.bytes(), start, cursor.at()), depth, transport);
                }
                default -> {
                    cursor.skip();
                    fault(Reason.UNKNOWN_FORMAT, JSON, start, new Span(rest.bytes(), start, cursor.at()));
                }
            }
        }

        /** A quote may begin a line of text as well: only a string that ends its line is a record in a JSON string. */
        private int string(JsonScanner cursor, Span rest, int depth, Transport transport) {
            try {
                cursor.scalar();
            } catch (JsonFault e) {
                return NOT_READ;
            }
            int end = cursor.at();
            int lineEnd = Lines.end(rest.bytes(), end, rest.to());
            if (Lines.skipBlanks(rest.bytes(), end, lineEnd) < lineEnd) {
                return NOT_READ;
            }
            dive(utf8(cursor.text()), new Span(rest.bytes(), rest.from(), end), depth, transport);
            return end;
        }

        /** Reads the object that the cursor stands at the beginning of. */
        private void document(JsonScanner cursor, Span rest, int depth, Transport transport) {
            JsonFields table = tables[depth];
            json.read(cursor, rest.bytes(), table);
            recognise(table, table.span(), depth, transport);
        }

        private void recognise(JsonFields table, Span span, int depth, Transport transport) {
            for (JsonFormat format : formats.json()) {
                if (format.recognises(table, transport)) {
                    reading.turnTo(span, transport);
                    add(format.read(table, reading), span.bytes());
                    return;
                }
            }
            for (JsonEnvelope envelope : formats.envelopes()) {
                JsonEnvelope.Opened opened = envelope.open(table);
                if (opened != null) {
                    for (JsonEnvelope.Opened each = opened; each != null; each = each.next()) {
                        open(each, span, depth, each.transport().within(transport));
                    }
                    return;
                }
            }
            fault(Reason.UNKNOWN_FORMAT, JSON, span.from(), span);
        }

        private void open(JsonEnvelope.Opened opened, Span envelope, int depth, Transport transport) {
            Span body = json.open(opened.body());
            if (!opened.isPacked()) {
                dive(body, envelope, depth, transport);
                return;
            }
            switch (Compression.unpack(body, limits.valueBytes() - expandedBytes)) {
                case Expansion.Expanded expanded -> {
                    expandedBytes += expanded.bytes().length;
                    dive(new Span(expanded.bytes(), 0, expanded.bytes().length), envelope, depth, transport);
                }
                case Expansion.Refused refused -> fault(refused.reason(), NO_FORMAT, envelope.from(), envelope);
            }
        }

        /** Goes on inside an envelope. */
        private void dive(Span body, Span envelope, int depth, Transport transport) {
            if (depth == limits.envelopes()) {
                fault(Reason.TOO_MANY_ENVELOPES, NO_FORMAT, envelope.from(), envelope);
                return;
            }
            Span around = outer;
            if (outer == null) {
                outer = envelope;
            }
            int before = found();
            documents(body, depth + 1, transport);
            if (found() == before) {
                fault(Reason.EMPTY, NO_FORMAT, envelope.from(), envelope);
            }
            outer = around;
        }

        private int found() {
            return events.size() + skipped.size() + faults.size() + pieces.size();
        }

        private void broken(JsonFault cause, Span document) {
            fault(cause.reason(), JSON, Math.min(cause.at(), document.to()), document);
        }

        private void add(Outcome outcome, byte[] bytes) {
            switch (outcome) {
                case Normalized normalized -> add(normalized);
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

        private void add(Normalized normalized) {
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
                return piece.at(0, valueLength);
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
         * Notes a broken document. Inside an envelope it is the envelope that is handed on, unless that is a list of
         * records that lie in the value as they are; of a transcoded value it is the whole.
         */
        private void fault(Reason reason, String format, int position, Span document) {
            if (!isVerbatim) {
                if (faults.isEmpty()) {
                    note(new Rejected(reason, format, 0, 0, valueLength));
                }
                return;
            }
            Span whole = outer == null ? document : outer;
            int at = outer == null ? position : outer.from();
            Rejected last = faults.isEmpty() ? null : faults.getLast();
            if (last != null && last.from() == whole.from()) {
                return;
            }
            if (last != null && last.reason() == reason && continues(last, whole)) {
                faults.removeLast();
                note(new Rejected(reason, format, last.position(), last.from(), whole.to()));
                return;
            }
            note(new Rejected(reason, format, at, whole.from(), whole.to()));
        }

        private void note(Rejected fault) {
            if (faults.isEmpty()) {
                faults = new ArrayList<>(1);
            }
            faults.add(fault);
        }

        /** Whether a document follows one that nothing recognised either, with only blanks between them. */
        private static boolean continues(Rejected last, Span next) {
            return last.reason() == Reason.UNKNOWN_FORMAT
                    && Lines.skipBlanks(next.bytes(), last.to(), next.from()) == next.from();
        }

        private static Span utf8(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new Span(bytes, 0, bytes.length);
        }
    }
}
