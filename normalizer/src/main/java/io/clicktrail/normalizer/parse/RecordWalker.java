package io.clicktrail.normalizer.parse;

import io.clicktrail.normalizer.envelope.Compression;
import io.clicktrail.normalizer.envelope.Compression.Expansion;
import io.clicktrail.normalizer.envelope.JsonEnvelope;
import io.clicktrail.normalizer.envelope.OtlpValue;
import io.clicktrail.normalizer.envelope.SyslogEscapes;
import io.clicktrail.normalizer.envelope.SyslogHeader;
import io.clicktrail.normalizer.envelope.XmlMarkup;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.ignored.OtherRecords;
import io.clicktrail.normalizer.json.JsonFault;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonScanner;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the documents of one record and offers each to the formats.
 *
 * <p>A record holds one document or several: JSON documents one after another with or without line breaks between
 * them, elements of an array, XML events, lines. The walk looks at the first byte: a brace begins a JSON document; else
 * a syslog header is taken off if there is one; then JSON, XML or a line of text. A document of a known format is read
 * as it is; one that is an envelope is opened, and the walk goes on inside it, one level deeper.
 *
 * <p>A broken document costs only itself. After a broken JSON document reading goes on at the next line that begins
 * with a brace; after a line that nothing recognises, at the next line; an XML event or an array that breaks off takes
 * the rest of the value with it.
 *
 * <p>Bounds: {@link InputLimits#envelopes} levels, {@link InputLimits#documents} documents, {@link InputLimits#faults}
 * broken ones, and {@link InputLimits#valueBytes} of expanded bytes in all. Each byte is read once for each level, and
 * once more for each signature that looks at it.
 */
final class RecordWalker {

    private static final String JSON = "json";
    private static final String XML = "xml";
    private static final String SYSLOG = "syslog";
    private static final String JSON_STRING = "json-string";
    private static final int NOT_READ = -1;

    /** What an element of an array is called, or when it was sent. */
    private static final Pattern TAG = Pattern.compile("[\\w.:+-]{1,64}");

    /** With fewer names an object says nothing that one could search. */
    private static final int LEAST_NAMES = 2;

    /** The cookie that syslog daemons put before JSON (cee.mitre.org, CEE Log Transport). */
    private static final String CEE = "@cee:";

    /** XML as it is copied from the event viewer has the mark of an open element before it. */
    private static final String COPIED_EVENT = "- <Event";

    private final FormatParsers parsers;
    private final InputLimits limits;
    private final RecordContext context;
    private final OutcomeCollector outcomes;
    private final RecordTrace trace;
    private int documents;
    private int expandedBytes;

    /** The bytes in which the document before was left aside: a line in them may be the rest of it. */
    private byte @Nullable [] lastOther;

    RecordWalker(
            FormatParsers parsers,
            InputLimits limits,
            RecordContext context,
            OutcomeCollector outcomes,
            RecordTrace trace) {
        this.parsers = parsers;
        this.limits = limits;
        this.context = context;
        this.outcomes = outcomes;
        this.trace = trace;
    }

    void documents(Span body, int depth, EnvelopeMetadata metadata) {
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
            at = next(rest, depth, metadata);
        }
    }

    private boolean isFull(Span rest) {
        if (++documents <= limits.documents() && outcomes.faultCount() < limits.faults()) {
            return false;
        }
        fault(Reason.TOO_MANY, OutcomeCollector.NO_FORMAT, rest.from(), rest);
        return true;
    }

    /** Reads what begins at the beginning of the rest; the byte after it. */
    private int next(Span rest, int depth, EnvelopeMetadata metadata) {
        byte first = rest.bytes()[rest.from()];
        if (first == '{') {
            return json(rest, depth, metadata);
        }
        int frameEnd = first > '0' && first <= '9' ? SyslogHeader.frameEnd(rest.bytes(), rest.from(), rest.to()) : -1;
        if (frameEnd > 0 && frameEnd < rest.to()) {
            return Math.max(frameEnd, next(new Span(rest.bytes(), rest.from(), frameEnd), depth, metadata));
        }
        SyslogHeader header =
                SyslogHeader.at(rest.bytes(), rest.from(), rest.to(), context.zone(), context.deliveredMillis());
        int end = once(header, rest, depth, metadata, false);
        end = end == NOT_READ ? once(header, rest, depth, metadata, true) : end;
        if (end != NOT_READ) {
            return end;
        }
        int lineEnd = Lines.end(rest.bytes(), rest.from(), rest.to());
        Span line = new Span(rest.bytes(), rest.from(), lineEnd);
        boolean isOfLog = header != null
                || metadata.host() != null
                || metadata.time() != null
                || lastOther == rest.bytes()
                || parsers.formats().other().isLogLine(line);
        int from = header == null ? rest.from() : Math.min(lineEnd, header.tagAt());
        unread(OutcomeCollector.NO_FORMAT, line, new Span(rest.bytes(), from, lineEnd), metadata, isOfLog);
        return lineEnd;
    }

    /**
     * Reads what comes after a header, if there is one, else the whole; the last formats are asked only where no other
     * takes either, for what one of them takes may be another's record with its tag or its header.
     */
    private int once(@Nullable SyslogHeader header, Span rest, int depth, EnvelopeMetadata metadata, boolean isLast) {
        int end = NOT_READ;
        if (header != null) {
            trace.enter(SYSLOG);
            end = afterHeader(header, rest, depth, header.metadata().within(metadata), isLast);
            trace.leave();
        }
        if (end == NOT_READ) {
            end = body(rest, rest.from(), depth, metadata, isLast);
        }
        int tagged = end == NOT_READ && header == null && !isLast ? SyslogHeader.afterTag(rest) : NOT_READ;
        return tagged < 0 ? end : body(rest, tagged, depth, metadata, false);
    }

    /**
     * What nothing reads is left aside where it is a record of a log and holds no fact of a chain, and else rejected.
     *
     * @param text what is searched
     */
    private void unread(String form, Span document, Span text, EnvelopeMetadata metadata, boolean isOfLog) {
        OtherRecords other = parsers.formats().other();
        if (isOfLog && other.fact(text, outcomes.envelope()) == null) {
            add(other, document, other.left(text, metadata.stream()));
            lastOther = document.bytes();
        } else {
            fault(Reason.UNKNOWN_FORMAT, form, document.from(), document);
        }
    }

    private void fault(Reason reason, String form, int position, Span document) {
        lastOther = null;
        outcomes.fault(reason, form, position, document);
        trace.read(form, document, new Outcome.Rejected(reason, form, position, document.from(), document.to()));
    }

    /** A header ends at its tag, at its host or at its time stamp, whichever leaves a record after it. */
    private int afterHeader(SyslogHeader header, Span rest, int depth, EnvelopeMetadata metadata, boolean isLast) {
        int lineEnd = Lines.end(rest.bytes(), rest.from(), rest.to());
        Span unescaped = isLast ? null : SyslogEscapes.undo(new Span(rest.bytes(), header.bodyAt(), lineEnd));
        if (unescaped != null) {
            descend(unescaped, new Span(rest.bytes(), rest.from(), lineEnd), depth, metadata);
            return lineEnd;
        }
        int end = Lines.skipBlanks(rest.bytes(), header.bodyAt(), lineEnd) < lineEnd
                ? body(rest, header.bodyAt(), depth, metadata, isLast)
                : NOT_READ;
        int level = end == NOT_READ ? SyslogHeader.afterLevel(rest.bytes(), header.bodyAt(), lineEnd) : NOT_READ;
        end = level < 0 ? end : body(rest, level, depth, metadata, isLast);
        if (end == NOT_READ && header.tagAt() != header.bodyAt()) {
            end = body(rest, header.tagAt(), depth, metadata, isLast);
        }
        if (end == NOT_READ && header.restAt() != header.tagAt()) {
            var hostless = new EnvelopeMetadata(null, metadata.time(), metadata.stream());
            end = body(rest, header.restAt(), depth, hostless, isLast);
        }
        return end;
    }

    /** Reads a record without header; the byte after it, or {@link #NOT_READ} where nothing recognises it. */
    private int body(Span rest, int from, int depth, EnvelopeMetadata metadata, boolean isLast) {
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
        if (bytes[at] == '-' && Lines.startsWith(bytes, at, rest.to(), COPIED_EVENT)) {
            at += 2;
        }
        byte first = bytes[at];
        if (!isLast && (first == '{' || first == '[' || first == '"')) {
            int end = json(new Span(bytes, at, rest.to()), depth, metadata);
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
        return text(new Span(bytes, at, rest.to()), metadata, isLast);
    }

    private int text(Span text, EnvelopeMetadata metadata, boolean isLast) {
        for (TextFormat format : parsers.textBeginningWith(text.bytes()[text.from()], isLast)) {
            if (format.recognises(text)) {
                return text(format, text, metadata);
            }
        }
        if (!isLast && context.hasHeader()) {
            for (TextFormat format : parsers.formats().text()) {
                if (format.isRow(text, context)) {
                    return text(format, text, metadata);
                }
            }
        }
        return NOT_READ;
    }

    private int text(TextFormat format, Span text, EnvelopeMetadata metadata) {
        int end = format.end(text);
        Span record = new Span(text.bytes(), text.from(), end);
        context.enter(record, metadata);
        add(format, record, format.read(record, context));
        return end;
    }

    private void add(Format format, Span document, Outcome outcome) {
        lastOther = null;
        outcomes.add(outcome, document.bytes());
        trace.read(format.name(), document, outcome);
    }

    /** Reads a JSON object, array or string; the byte after it, or {@link #NOT_READ} where it is none after all. */
    private int json(Span rest, int depth, EnvelopeMetadata metadata) {
        JsonScanner cursor = parsers.json().open(rest.bytes(), rest.from(), rest.to());
        return switch (rest.bytes()[rest.from()]) {
            case '{' -> object(cursor, rest, depth, metadata);
            case '[' -> array(cursor, rest, depth, metadata);
            default -> string(cursor, rest, depth, metadata);
        };
    }

    private int object(JsonScanner cursor, Span rest, int depth, EnvelopeMetadata metadata) {
        try {
            document(cursor, rest, depth, metadata);
            return cursor.at();
        } catch (JsonFault e) {
            int next = Lines.find(rest.bytes(), rest.from() + 1, rest.to(), "\n{");
            int end = next < 0 ? rest.to() : next;
            broken(e, new Span(rest.bytes(), rest.from(), end));
            return end;
        }
    }

    /**
     * A bracket may begin a line of text as well: only one with a brace, a quote or a bracket after it begins
     * JSON.
     */
    private int array(JsonScanner cursor, Span rest, int depth, EnvelopeMetadata metadata) {
        int second = Lines.skipBlanks(rest.bytes(), rest.from() + 1, rest.to());
        if (second >= rest.to() || "{\"[]".indexOf(rest.bytes()[second]) < 0) {
            return NOT_READ;
        }
        int start = rest.from();
        Span around = outcomes.enterArray(rest);
        int before = outcomes.count();
        try {
            cursor.enter();
            for (boolean isFirst = true; cursor.next(isFirst, ']'); isFirst = false) {
                start = cursor.at();
                if (isFull(new Span(rest.bytes(), start, rest.to()))) {
                    return rest.to();
                }
                element(cursor, rest, depth, metadata);
            }
            if (outcomes.count() == before) {
                fault(Reason.UNKNOWN_FORMAT, JSON, rest.from(), new Span(rest.bytes(), rest.from(), cursor.at()));
            }
            return cursor.at();
        } catch (JsonFault e) {
            if (start == rest.from() && rest.bytes()[second] != '{') {
                return NOT_READ;
            }
            broken(e, new Span(rest.bytes(), start, rest.to()));
            return rest.to();
        } finally {
            outcomes.leave(around);
        }
    }

    /**
     * Reads an element of an array, or the elements of an array in it: a collector sends a tag, a time and the record
     * (Fluentd's forward protocol), which are no records by themselves.
     */
    private void element(JsonScanner cursor, Span rest, int depth, EnvelopeMetadata metadata) {
        int start = cursor.at();
        switch (rest.bytes()[start]) {
            case '{' -> document(cursor, rest, depth, metadata);
            case '[' -> {
                cursor.enter();
                for (boolean isFirst = true; cursor.next(isFirst, ']'); isFirst = false) {
                    element(cursor, rest, depth, metadata);
                }
            }
            case '"' -> {
                cursor.scalar();
                String text = cursor.text();
                if (!TAG.matcher(text).matches()) {
                    trace.enter(JSON_STRING);
                    descend(utf8(text), new Span(rest.bytes(), start, cursor.at()), depth, metadata);
                    trace.leave();
                }
            }
            default -> cursor.skip();
        }
    }

    /** A quote may begin a line of text as well: only a string that ends its line is a record in a JSON string. */
    private int string(JsonScanner cursor, Span rest, int depth, EnvelopeMetadata metadata) {
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
        trace.enter(JSON_STRING);
        descend(utf8(cursor.text()), new Span(rest.bytes(), rest.from(), end), depth, metadata);
        trace.leave();
        return end;
    }

    /** Reads the object that the cursor is at the beginning of. */
    private void document(JsonScanner cursor, Span rest, int depth, EnvelopeMetadata metadata) {
        JsonFields table = parsers.fields(depth);
        parsers.json().read(cursor, rest.bytes(), table);
        recognise(table, table.span(), depth, metadata);
    }

    private void recognise(JsonFields table, Span span, int depth, EnvelopeMetadata metadata) {
        if (isOpened(parsers.formats().envelopes().first(), table, span, depth, metadata)) {
            return;
        }
        if (!isRead(parsers.formats().json(), table, span, metadata)
                && !isOpened(parsers.formats().envelopes().last(), table, span, depth, metadata)
                && !isRead(parsers.formats().generic(), table, span, metadata)) {
            unread(JSON, span, span, metadata, table.topLevelNames() >= LEAST_NAMES);
        }
    }

    private boolean isRead(List<JsonFormat> formats, JsonFields table, Span span, EnvelopeMetadata metadata) {
        for (JsonFormat format : formats) {
            if (format.recognises(table, metadata)) {
                context.enter(span, metadata);
                Outcome outcome = format.read(table, context);
                if (outcome instanceof Outcome.Rejected rejected && rejected.reason() == Reason.NO_MATCH) {
                    continue;
                }
                add(format, span, outcome);
                return true;
            }
        }
        return false;
    }

    /** Opens the first envelope that fits, and those of its name that fit as well. */
    private boolean isOpened(
            List<JsonEnvelope> envelopes, JsonFields table, Span span, int depth, EnvelopeMetadata metadata) {
        String name = null;
        List<JsonEnvelope.Opened> all = List.of();
        for (JsonEnvelope envelope : envelopes) {
            JsonEnvelope.Opened opened = name == null || name.equals(envelope.name()) ? envelope.open(table) : null;
            if (opened != null) {
                name = envelope.name();
                all = all.isEmpty() ? new ArrayList<>() : all;
                all.add(opened);
            } else if (name != null && !name.equals(envelope.name())) {
                break;
            }
        }
        if (name != null) {
            trace.enter(name);
            for (JsonEnvelope.Opened opened : all) {
                open(opened, span, depth, opened.metadata().within(metadata));
            }
            trace.leave();
        }
        return !all.isEmpty();
    }

    private void open(JsonEnvelope.Opened opened, Span envelope, int depth, EnvelopeMetadata metadata) {
        Span body = parsers.json().open(opened.body());
        switch (opened.packing()) {
            case NONE -> descend(body, envelope, depth, metadata);
            case BASE64 ->
                descend(Compression.unpack(body, limits.valueBytes() - expandedBytes), envelope, depth, metadata);
            case OTLP -> descend(OtlpValue.plain(body), envelope, depth, metadata);
        }
    }

    private void descend(Expansion expansion, Span envelope, int depth, EnvelopeMetadata metadata) {
        switch (expansion) {
            case Expansion.Expanded expanded -> {
                expandedBytes += expanded.bytes().length;
                descend(new Span(expanded.bytes(), 0, expanded.bytes().length), envelope, depth, metadata);
            }
            case Expansion.Refused refused ->
                fault(refused.reason(), OutcomeCollector.NO_FORMAT, envelope.from(), envelope);
        }
    }

    /** Goes on inside an envelope, one level deeper. */
    private void descend(Span body, Span envelope, int depth, EnvelopeMetadata metadata) {
        if (depth == limits.envelopes()) {
            fault(Reason.TOO_MANY_ENVELOPES, OutcomeCollector.NO_FORMAT, envelope.from(), envelope);
            return;
        }
        Span around = outcomes.enterEnvelope(envelope);
        int before = outcomes.count();
        documents(body, depth + 1, metadata);
        if (outcomes.count() == before) {
            fault(Reason.EMPTY, OutcomeCollector.NO_FORMAT, envelope.from(), envelope);
        }
        outcomes.leave(around);
    }

    private void broken(JsonFault cause, Span document) {
        fault(cause.reason(), JSON, Math.min(cause.at(), document.to()), document);
    }

    private static Span utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Span(bytes, 0, bytes.length);
    }
}
