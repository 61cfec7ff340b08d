package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.envelope.JsonEnvelope;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that collectors of Windows events put around an event's XML: OpenWEC ({@code meta} and {@code data}) and
 * Azure's diagnostics ({@code properties.RawXml} of category WindowsEventLogsTable). The event's own word on its host
 * holds; OpenWEC's authenticated principal, {@code HOST$@REALM}, only takes its place.
 */
public final class EventEnvelope implements JsonEnvelope {

    private final int principal;
    private final int data;
    private final int category;
    private final int rawXml;

    public EventEnvelope(JsonPaths paths) {
        principal = paths.field("meta.Principal");
        data = paths.span("data");
        category = paths.field("category");
        rawXml = paths.span("properties.RawXml");
    }

    @Override
    public @Nullable Opened open(JsonFields document) {
        String name = document.get(principal);
        Span event = document.inner(data);
        if (name != null && event != null) {
            int at = name.indexOf('@');
            return new Opened(event, new EnvelopeMetadata(at < 0 ? name : name.substring(0, at), null, null));
        }
        Span xml = document.inner(rawXml);
        return xml != null && "WindowsEventLogsTable".equals(document.get(category))
                ? new Opened(xml, EnvelopeMetadata.NONE)
                : null;
    }
}
