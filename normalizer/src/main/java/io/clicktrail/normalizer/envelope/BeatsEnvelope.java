package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of Beats, Elastic Agent and Logstash: the line in {@code event.original} or {@code message}, the
 * untouched original preferred. Its own {@code @timestamp} is when the line was read, so it says nothing of the event's
 * time. Its host is the agent's: the event's where the agent read a file of its own host ({@code log.file.path}), and
 * else only the collector's, which is left out.
 */
public final class BeatsEnvelope implements JsonEnvelope {

    private final int timestamp;
    private final int agent;
    private final int agentType;
    private final int beat;
    private final int version;
    private final int message;
    private final int original;
    private final int file;
    private final int host;

    public BeatsEnvelope(JsonPaths paths) {
        timestamp = paths.field("@timestamp");
        agent = paths.field("agent");
        agentType = paths.field("agent.type");
        beat = paths.field("@metadata.beat");
        version = paths.field("@version");
        message = paths.span("message");
        original = paths.span("event.original");
        file = paths.field("log.file.path");
        host = paths.field("host.name");
    }

    @Override
    public @Nullable Opened open(JsonFields document) {
        boolean isShipped =
                document.has(agent) || document.has(agentType) || document.has(beat) || document.has(version);
        if (!isShipped || !document.has(timestamp)) {
            return null;
        }
        Span body = document.inner(original);
        if (body == null) {
            body = document.inner(message);
        }
        if (body == null) {
            return null;
        }
        return new Opened(
                body,
                document.has(file) ? new EnvelopeMetadata(document.get(host), null, null) : EnvelopeMetadata.NONE);
    }
}
