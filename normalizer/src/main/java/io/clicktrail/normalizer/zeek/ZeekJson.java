package io.clicktrail.normalizer.zeek;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;

/**
 * Zeek's logs as JSON: plain, wrapped in their name, or as RockNSM ships them; {@code ts} as epoch seconds,
 * milliseconds or ISO. The log is known by its wrapper, {@code _path} or {@code @stream}, else by its fields.
 */
public final class ZeekJson implements JsonFormat {

    private final ZeekFields fields;
    private final ZeekRecords records;

    public ZeekJson(JsonPaths paths) {
        fields = new ZeekFields(paths::field);
        records = new ZeekRecords(fields, this);
    }

    @Override
    public String name() {
        return "zeek.json";
    }

    @Override
    public List<String> datasets() {
        return ZeekLogs.datasets();
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        if (!document.has(fields.ts)) {
            return false;
        }
        return metadata.stream() != null
                || (document.has(fields.uid) && fields.origHost.get(document) != null)
                || document.has(fields.fuid)
                || document.has(fields.path)
                || document.has(fields.connUids)
                || document.has(fields.mac);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        return records.read(log(document, context), document, context);
    }

    private String log(JsonFields document, RecordContext context) {
        String wrapper = context.metadata().stream();
        if (wrapper != null) {
            return wrapper;
        }
        String path = document.get(fields.path);
        if (path == null) {
            path = document.get(fields.stream);
        }
        return path == null ? ZeekLogs.byFields(fields, document) : path;
    }
}
