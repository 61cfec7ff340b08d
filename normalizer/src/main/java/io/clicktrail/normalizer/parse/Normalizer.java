package io.clicktrail.normalizer.parse;

import io.clicktrail.normalizer.assembly.Assembler;
import io.clicktrail.normalizer.assembly.AssemblyBounds;
import io.clicktrail.normalizer.envelope.Compression;
import io.clicktrail.normalizer.envelope.Compression.Expansion;
import io.clicktrail.normalizer.envelope.DecodedValue;
import io.clicktrail.normalizer.event.Fingerprints;
import io.clicktrail.normalizer.fields.ColumnHeader;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.linux.AuditdText;
import io.clicktrail.normalizer.mapping.Mapping;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Outcome.Rejected;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.raw.TopicColumns;
import io.clicktrail.normalizer.raw.TopicZones;
import io.clicktrail.normalizer.text.Span;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns raw records into events, without Kafka. Not safe for several threads: each has its own.
 *
 * <p>A record is one Kafka value. It is expanded if it is compressed, decoded to UTF-8, and its documents are read by
 * {@link RecordWalker}. Every step is bounded by {@link InputLimits}, and any bytes have an outcome.
 */
public final class Normalizer {

    private final InputLimits limits;
    private final TopicZones zones;
    private final TopicColumns columns;
    private final Map<String, ColumnHeader> headers = new HashMap<>();
    private final FormatParsers parsers;
    private final Fingerprints fingerprints = new Fingerprints();

    /**
     * Reads the formats of the project alone.
     *
     * @param limits the bounds of what is read
     * @param zone the time zone of device clocks that write none
     */
    public Normalizer(InputLimits limits, ZoneId zone) {
        this(limits, TopicZones.of(zone), TopicColumns.NONE, List.of());
    }

    /**
     * @param limits the bounds of what is read
     * @param zones the time zones of device clocks that write none
     * @param columns the columns of rows that come without their header
     * @param mappings an operator's own formats
     * @throws IllegalArgumentException if the columns are no header of any format
     */
    public Normalizer(InputLimits limits, TopicZones zones, TopicColumns columns, List<Mapping> mappings) {
        this.limits = limits;
        this.zones = zones;
        this.columns = columns;
        this.parsers = new FormatParsers(Formats.of(limits, mappings), limits);
        columns.byTopic().values().forEach(this::addHeader);
        if (columns.everywhere() != null) {
            addHeader(columns.everywhere());
        }
    }

    private void addHeader(String line) {
        ColumnHeader header = parsers.formats().header(line);
        if (header == null) {
            throw new IllegalArgumentException("'" + line + "' is no header of a format whose rows have one");
        }
        headers.put(line, header);
    }

    /** Puts together the events whose pieces {@link #normalize} finds in several records. */
    public static Assembler<?> assembler(InputLimits limits, AssemblyBounds bounds) {
        return new Assembler<>(new AuditdText(), limits, bounds);
    }

    /** Reads one raw record. Any bytes have an outcome; none throw. */
    public Outcome normalize(byte @Nullable [] value, RawCoordinates at) {
        return normalize(value, at, RecordTrace.NONE);
    }

    /** Reads one raw record and says how. */
    public Outcome normalize(byte @Nullable [] value, RawCoordinates at, RecordTrace trace) {
        if (value == null || value.length == 0) {
            return new Rejected(Reason.EMPTY, OutcomeCollector.NO_FORMAT, 0, 0, 0);
        }
        if (value.length > limits.valueBytes()) {
            return new Rejected(Reason.TOO_LARGE, OutcomeCollector.NO_FORMAT, limits.valueBytes(), 0, value.length);
        }
        byte[] plain = value;
        if (Compression.isGzip(value)) {
            switch (Compression.expand(value, limits.valueBytes())) {
                case Expansion.Expanded expanded -> {
                    plain = expanded.bytes();
                    trace.enter("gzip");
                }
                case Expansion.Refused refused -> {
                    return new Rejected(refused.reason(), OutcomeCollector.NO_FORMAT, 0, 0, value.length);
                }
            }
        }
        DecodedValue decoded = DecodedValue.of(plain);
        byte[] bytes = decoded.bytes();
        if (decoded.isAscii()) {
            parsers.json().ascii(bytes);
        }
        RecordContext context =
                new RecordContext(at, limits, zones.of(at.topic()), fingerprints, value, decoded.isReplaced());
        String rows = columns.of(at.topic());
        ColumnHeader header = rows == null ? null : headers.get(rows);
        if (header != null) {
            context.header(header);
        }
        OutcomeCollector outcomes = new OutcomeCollector(value, bytes == value);
        new RecordWalker(parsers, limits, context, outcomes, trace)
                .documents(new Span(bytes, decoded.from(), bytes.length), 0, EnvelopeMetadata.NONE);
        return outcomes.outcome(parsers.formats().assembled(), context);
    }
}
