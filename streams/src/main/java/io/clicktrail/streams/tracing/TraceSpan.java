package io.clicktrail.streams.tracing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service did with an event.
 *
 * @param traceId 32 hex digits, the id of the event
 * @param spanId 16 hex digits
 * @param parentId 16 hex digits; absent for the first service
 * @param name the processor that the work began with
 * @param start nanoseconds since 1970
 * @param end nanoseconds since 1970
 * @param failed whether it ended with an exception
 * @param attributes texts by OpenTelemetry's names
 */
record TraceSpan(
        String traceId,
        String spanId,
        @Nullable String parentId,
        String name,
        long start,
        long end,
        boolean failed,
        Map<String, String> attributes) {}
