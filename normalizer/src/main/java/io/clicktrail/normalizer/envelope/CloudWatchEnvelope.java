package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * AWS CloudWatch Logs: a subscription's message {@code {"messageType":..,"logEvents":[..]}}, the same as gzip in Base64
 * under {@code awslogs.data} (docs.aws.amazon.com, CloudWatch Logs subscription filters), and one event with {@code
 * timestamp} and {@code message}. Its time is when the agent read the line, ms.
 */
public final class CloudWatchEnvelope implements JsonEnvelope {

    private final int packed;
    private final int logGroup;
    private final int logEvents;
    private final int stream;
    private final int id;
    private final int eventId;
    private final int timestamp;
    private final int message;

    public CloudWatchEnvelope(JsonPaths paths) {
        packed = paths.span("awslogs.data");
        logGroup = paths.field("logGroup");
        logEvents = paths.span("logEvents");
        stream = paths.field("logStreamName");
        id = paths.field("id");
        eventId = paths.field("eventId");
        timestamp = paths.field("timestamp");
        message = paths.span("message");
    }

    @Override
    public @Nullable Opened open(JsonFields document) {
        Span data = document.inner(packed);
        if (data != null) {
            return new Opened(data, EnvelopeMetadata.NONE, true);
        }
        Span events = document.inner(logEvents);
        if (events != null && document.has(logGroup)) {
            return new Opened(events, EnvelopeMetadata.NONE);
        }
        Span line = document.inner(message);
        boolean isEvent = document.has(stream) || document.has(id) || document.has(eventId);
        EventTime time = isEvent ? EventTime.epoch(document.get(timestamp)) : null;
        return line == null || time == null ? null : new Opened(line, new EnvelopeMetadata(null, time, null));
    }
}
