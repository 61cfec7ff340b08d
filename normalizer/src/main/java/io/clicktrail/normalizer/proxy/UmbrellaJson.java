package io.clicktrail.normalizer.proxy;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;

/** Umbrella's DNS log as the JSON that collectors make of its CSV. */
public final class UmbrellaJson implements JsonFormat {

    private final UmbrellaRows rows;

    public UmbrellaJson(JsonPaths paths) {
        rows = new UmbrellaRows(paths::field);
    }

    @Override
    public String name() {
        return "umbrella.json";
    }

    @Override
    public List<String> datasets() {
        return List.of(UmbrellaRows.DNS);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        return document.has(rows.internalIp)
                && document.has(rows.externalIp)
                && document.has(rows.domain)
                && document.has(rows.time);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        return rows.dns(document, context, this);
    }
}
