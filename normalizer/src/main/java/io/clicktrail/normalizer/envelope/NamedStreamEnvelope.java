package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record wrapped in the name of its log as the only key: {@code {"http":{..}}}, as metron-bro-plugin-kafka writes it.
 */
public final class NamedStreamEnvelope implements JsonEnvelope {

    private final List<String> streams;
    private final int[] objects;
    private final int[] bodies;

    public NamedStreamEnvelope(JsonPaths paths, List<String> streams) {
        this.streams = List.copyOf(streams);
        this.objects = streams.stream().mapToInt(paths::field).toArray();
        this.bodies = streams.stream().mapToInt(paths::span).toArray();
    }

    @Override
    public @Nullable Opened open(JsonFields document) {
        if (document.topLevelNames() != 1) {
            return null;
        }
        for (int i = 0; i < bodies.length; i++) {
            Span body = document.inner(bodies[i]);
            if (body != null && document.isObject(objects[i])) {
                return new Opened(body, new EnvelopeMetadata(null, null, streams.get(i)));
            }
        }
        return null;
    }
}
