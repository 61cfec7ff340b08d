package io.clicktrail.normalizer.kafka;

import io.clicktrail.normalizer.raw.Outcome.Rejected;
import io.clicktrail.normalizer.raw.RawCoordinates;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;

/** The headers of the rejected topic: text in UTF-8, numbers in decimal. */
public final class RejectedHeaders {

    /** Why: a name of {@link io.clicktrail.normalizer.raw.Reason}. */
    public static final String REASON = "clicktrail.rejected.reason";

    /** The format that was tried; {@code none} where no signature fitted. */
    public static final String FORMAT = "clicktrail.rejected.format";

    /** The byte of the source record's value at which reading failed. */
    public static final String POSITION = "clicktrail.rejected.position";

    /** Topic of the source record. */
    public static final String TOPIC = "clicktrail.rejected.topic";

    /** Partition of the source record. */
    public static final String PARTITION = "clicktrail.rejected.partition";

    /** Offset of the source record. */
    public static final String OFFSET = "clicktrail.rejected.offset";

    /**
     * Only where the value is one broken document of a record that gave events: its first byte in the source record's
     * value.
     */
    public static final String PART = "clicktrail.rejected.part";

    /** Only where the value was too large to be handed on whole and is cut: its whole length, bytes. */
    public static final String TRUNCATED = "clicktrail.rejected.truncated";

    private RejectedHeaders() {}

    /** Sets the headers that every rejection has, in place of those of an earlier one. */
    static void put(Headers headers, Rejected rejected, RawCoordinates at) {
        put(headers, REASON, rejected.reason().name());
        put(headers, FORMAT, rejected.format());
        put(headers, POSITION, Integer.toString(rejected.position()));
        put(headers, TOPIC, at.topic());
        put(headers, PARTITION, Integer.toString(at.partition()));
        put(headers, OFFSET, Long.toString(at.offset()));
        headers.remove(PART);
        headers.remove(TRUNCATED);
    }

    static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
