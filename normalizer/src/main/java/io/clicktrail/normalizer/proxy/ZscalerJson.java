package io.clicktrail.normalizer.proxy;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;

/** Zscaler's web log as JSON, as the cloud service and the JSON template of the NSS write it. */
public final class ZscalerJson implements JsonFormat {

    private final ZscalerWeb web;

    public ZscalerJson(JsonPaths paths) {
        web = new ZscalerWeb(paths::field);
    }

    @Override
    public String name() {
        return "zscaler.json";
    }

    @Override
    public List<String> datasets() {
        return List.of(ZscalerWeb.DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        return document.has(web.eventId)
                && ("NSS".equals(document.get(web.product)) || "Zscaler".equals(document.get(web.vendor)));
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        return web.read(document, null, context, this);
    }
}
