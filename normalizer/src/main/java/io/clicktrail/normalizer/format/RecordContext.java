package io.clicktrail.normalizer.format;

import io.clicktrail.event.Event;
import io.clicktrail.event.Source;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Fingerprints;
import io.clicktrail.normalizer.event.TimeForms;
import io.clicktrail.normalizer.fields.ColumnHeader;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Piece;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Span;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one raw record: where it is, what surrounds the document at hand, and how an outcome is made of
 * it.
 */
public final class RecordContext {

    /** Tag of an event of which a field was cut to {@link InputLimits#fieldChars}. */
    public static final String TRUNCATED = "truncated";

    /** Tag of an event whose record held bytes that are no UTF-8 and were replaced. */
    public static final String BAD_ENCODING = "bad_encoding";

    /** Tag of an event whose record has no time: it has that of its delivery. */
    public static final String DELIVERY_TIME = "delivery_time";

    private static final long BEFORE_DELIVERY_MICROS = 7L * 24 * 3600 * 1_000_000;
    private static final long AFTER_DELIVERY_MICROS = 10L * 60 * 1_000_000;

    private final RawCoordinates at;
    private final InputLimits limits;
    private final ZoneId zone;
    private final Fingerprints fingerprints;
    private final byte[] value;
    private final boolean isReplaced;
    private @Nullable String valueHash;
    private EnvelopeMetadata metadata = EnvelopeMetadata.NONE;
    private Span document;
    private int events;
    private @Nullable ColumnHeader header;

    public RecordContext(
            RawCoordinates at,
            InputLimits limits,
            ZoneId zone,
            Fingerprints fingerprints,
            byte[] value,
            boolean isReplaced) {
        this(at, limits, zone, fingerprints, value, null, isReplaced);
    }

    /**
     * The reading of what is left of a record whose value is gone.
     *
     * @param valueHash SHA-256 of the value, 64 hex digits
     */
    public RecordContext(
            RawCoordinates at, InputLimits limits, ZoneId zone, Fingerprints fingerprints, String valueHash) {
        this(at, limits, zone, fingerprints, new byte[0], valueHash, false);
    }

    private RecordContext(
            RawCoordinates at,
            InputLimits limits,
            ZoneId zone,
            Fingerprints fingerprints,
            byte[] value,
            @Nullable String valueHash,
            boolean isReplaced) {
        this.at = at;
        this.limits = limits;
        this.zone = zone;
        this.fingerprints = fingerprints;
        this.value = value;
        this.valueHash = valueHash;
        this.isReplaced = isReplaced;
        this.document = new Span(value, 0, value.length);
    }

    /** Turns to a document, in the envelopes around it. */
    public void enter(Span next, EnvelopeMetadata around) {
        document = next;
        metadata = around;
    }

    /** What the envelopes around the document say. */
    public EnvelopeMetadata metadata() {
        return metadata;
    }

    public InputLimits limits() {
        return limits;
    }

    /** Whether rows may follow that only a header explains. */
    public boolean hasHeader() {
        return header != null;
    }

    /** What a header of the format, earlier in the same value or set for its topic, says of its rows. */
    public @Nullable ColumnHeader header(Format format) {
        return header != null && header.format().equals(format.name()) ? header : null;
    }

    /** Keeps a header for the rows after it. */
    public void header(ColumnHeader next) {
        header = next;
    }

    /** The time of a text in any unambiguous form, in the topic's zone where it has none. */
    public @Nullable EventTime time(@Nullable String text) {
        return TimeForms.read(text, zone, at.deliveredMillis());
    }

    /** The time of a text whose zone is a field of its own, or in the topic's zone where that is absent or unknown. */
    public @Nullable EventTime time(@Nullable String text, @Nullable String zoneName) {
        ZoneId named = TimeForms.zone(zoneName);
        if (named == null) {
            return time(text);
        }
        EventTime time = TimeForms.read(text, named, at.deliveredMillis());
        return time != null && time.quality() == TimeQuality.ASSUMED_ZONE
                ? new EventTime(time.micros(), TimeQuality.EXACT)
                : time;
    }

    /** The time of a text whose day is before its month where both are digits. */
    public @Nullable EventTime dayFirst(String text) {
        return TimeForms.dayFirst(text, zone, at.deliveredMillis());
    }

    /** The time of a text, in the zone of its format where it has none. */
    public @Nullable EventTime timeIn(String text, ZoneId formatZone) {
        return TimeForms.read(text, formatZone, at.deliveredMillis());
    }

    /** The time zone of the topic's device clocks that write none. */
    public ZoneId zone() {
        return zone;
    }

    /** When the record was delivered, ms since 1970; negative for a record that never was. */
    public long deliveredMillis() {
        return at.deliveredMillis();
    }

    /** When the record was delivered; null for a record that never was. */
    public @Nullable EventTime delivered() {
        return at.hasDelivery() ? new EventTime(at.deliveredMillis() * 1000, TimeQuality.DELIVERED) : null;
    }

    /**
     * The time of the record's envelope, or of its delivery, for a log that has none of its own, as behind a collector
     * that stripped its header.
     */
    public @Nullable EventTime timeAround() {
        return metadata.time() == null ? delivered() : metadata.time();
    }

    /** A record that has no time at all has that of its envelopes, else that of its delivery, which a tag says. */
    public void undated(EventDraft draft) {
        if (metadata.time() == null) {
            draft.time(delivered()).tag(DELIVERY_TIME);
        }
    }

    /**
     * The document gave an event. Without a time of its own it has that of its envelope; without either it is rejected.
     */
    public Outcome event(EventDraft draft, Format format) {
        EventTime time = draft.time() != null ? draft.time() : metadata.time();
        if (time == null) {
            return rejected(Reason.BAD_TIME, format);
        }
        if (isReplaced) {
            draft.tag(BAD_ENCODING);
        }
        Event event = draft.build(id(draft), time, quality(time), source(draft.dataset()));
        events++;
        return Outcome.Normalized.of(event);
    }

    /** The document cannot be read; where it begins is all that is known of where it fails. */
    public Outcome rejected(Reason reason, Format format) {
        return rejected(reason, format, 0);
    }

    /**
     * The document cannot be read.
     *
     * @param offset the byte of the document at which reading failed
     */
    public Outcome rejected(Reason reason, Format format, int offset) {
        return new Outcome.Rejected(reason, format.name(), document.from() + offset, document.from(), document.to());
    }

    /**
     * The document is a piece of an event that other documents complete.
     *
     * @param event what all pieces of the event share and those of no other event
     */
    public Outcome piece(String event, EventTime time) {
        return new Outcome.Partial(
                List.of(new Piece(
                        event, time.millis(), metadata.host(), document, document.from(), document.to(), valueHash())),
                null);
    }

    private String id(EventDraft draft) {
        @Nullable String[] identity = draft.identity();
        if (identity != null) {
            return fingerprints.idOf(ownTime(draft), identity);
        }
        return document.bytes() == value && document.length() == value.length
                ? Fingerprints.idOfFull(valueHash())
                : fingerprints.idOf(document.bytes(), document.from(), document.to());
    }

    /** The time that another delivery of the record has too. */
    private static @Nullable EventTime ownTime(EventDraft draft) {
        EventTime time = draft.time();
        return time == null || time.quality() == TimeQuality.DELIVERED ? null : time;
    }

    private TimeQuality quality(EventTime time) {
        if (!at.isDeliveryKnown()) {
            return TimeQuality.SUSPECT;
        }
        if (at.hasDelivery()) {
            long delivered = at.deliveredMillis() * 1000;
            if (time.micros() < delivered - BEFORE_DELIVERY_MICROS
                    || time.micros() > delivered + AFTER_DELIVERY_MICROS) {
                return TimeQuality.SUSPECT;
            }
        }
        return time.quality();
    }

    private Source source(String dataset) {
        return new Source(dataset, at.topic(), at.partition(), at.offset(), valueHash(), events);
    }

    /** SHA-256 of the whole raw value, 64 hex digits. */
    private String valueHash() {
        if (valueHash == null) {
            valueHash = fingerprints.full(value, 0, value.length);
        }
        return valueHash;
    }
}
