package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * Splunk's HTTP event collector, {@code {"time":..,"host":..,"sourcetype":..,"event":..}}, and its export, {@code
 * {"result":{"_raw":..}}}.
 */
public final class SplunkEnvelope implements JsonEnvelope {

    private final int event;
    private final int raw;
    private final int sourcetype;
    private final int time;
    private final int host;
    private final int index;

    public SplunkEnvelope(JsonPaths paths) {
        event = paths.span("event");
        raw = paths.span("result._raw");
        sourcetype = paths.field("sourcetype");
        time = paths.field("time");
        host = paths.field("host");
        index = paths.field("index");
    }

    @Override
    public @Nullable Opened open(JsonFields document) {
        Span exported = document.inner(raw);
        if (exported != null) {
            return new Opened(exported, EnvelopeMetadata.NONE);
        }
        Span body = document.inner(event);
        boolean isCollected = document.has(sourcetype) || document.has(time) || document.has(index);
        return body == null || !(isCollected || document.topLevelNames() == 1)
                ? null
                : new Opened(body, new EnvelopeMetadata(document.get(host), EventTime.epoch(document.get(time)), null));
    }
}
