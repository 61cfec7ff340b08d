package io.clicktrail.streams.tracing;

import io.clicktrail.alert.Alert;
import io.clicktrail.detection.Detection;
import io.clicktrail.event.Event;
import io.clicktrail.evidence.Evidence;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace of one event. Its id is the event's, 32 hex digits, and its first span has the last 16 of them, so each
 * service can derive both from the event, and the id of every event in a case leads to a trace.
 */
final class EventTrace {

    /** Header of the W3C's recommendation on trace context. */
    static final String HEADER = "traceparent";

    private static final Pattern ID = Pattern.compile("(?!0{32})[0-9a-f]{16}(?!0{16})[0-9a-f]{16}");

    /** The digits that decide, as W3C trace context level 2 names them random: the last 56 bits. */
    private static final int RANDOM_DIGITS = 14;

    private static final double RANDOM_VALUES = 1L << 56;

    private EventTrace() {}

    /** Whether an event is among the share that is traced. */
    static boolean isSampled(String eventId, double share) {
        return ID.matcher(eventId).matches()
                && Long.parseLong(eventId, eventId.length() - RANDOM_DIGITS, eventId.length(), 16)
                        >= RANDOM_VALUES * (1 - share);
    }

    /** Id of the span that the first service makes. */
    static String firstSpan(String eventId) {
        return eventId.substring(eventId.length() / 2);
    }

    /** Value of the header for what comes of an event. */
    static String parent(String eventId) {
        return "00-" + eventId + "-" + firstSpan(eventId) + "-01";
    }

    /** Ids of the events that a value of a topology is or rests on. */
    static List<String> ids(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        return switch (value) {
            case Event event -> List.of(event.getEventId());
            case Evidence evidence -> ids(evidence.getEvent());
            case Detection detection ->
                detection.getEvidence().stream()
                        .map(each -> each.getEvidence().getEvent().getEventId())
                        .toList();
            case Alert alert ->
                alert.getEvidence().stream()
                        .map(each -> each.getEvidence().getEvent().getEventId())
                        .toList();
            case TracedEvents events -> events.eventIds();
            default -> List.of();
        };
    }
}
