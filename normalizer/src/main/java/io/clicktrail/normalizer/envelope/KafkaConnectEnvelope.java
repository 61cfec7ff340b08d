package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka Connect's JsonConverter writes with {@code schemas.enable}: {@code {"schema":{..},"payload":..}}, the
 * schema null where the record has none.
 */
public final class KafkaConnectEnvelope implements JsonEnvelope {

    private static final int KEYS = 2;

    private final int schema;
    private final int payload;

    public KafkaConnectEnvelope(JsonPaths paths) {
        schema = paths.field("schema");
        payload = paths.span("payload");
    }

    @Override
    public @Nullable Opened open(JsonFields document) {
        Span body = document.inner(payload);
        boolean isSchema = document.isObject(schema) || !document.has(schema);
        return body == null || document.topLevelNames() != KEYS || !isSchema
                ? null
                : new Opened(body, EnvelopeMetadata.NONE);
    }
}
