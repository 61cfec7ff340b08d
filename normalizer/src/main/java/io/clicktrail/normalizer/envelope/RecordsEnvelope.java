package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/** A list of records under one key: {@code {"records":[..]}} of Azure Event Hubs, {@code {"Records":[..]}} of AWS. */
public final class RecordsEnvelope implements JsonEnvelope {

    private final int azure;
    private final int aws;

    public RecordsEnvelope(JsonPaths paths) {
        azure = paths.span("records");
        aws = paths.span("Records");
    }

    @Override
    public @Nullable Opened open(JsonFields document) {
        Span body = document.inner(azure);
        if (body == null) {
            body = document.inner(aws);
        }
        return body == null || body.bytes()[body.from()] != '[' ? null : new Opened(body, EnvelopeMetadata.NONE);
    }
}
