package io.clicktrail.normalizer.linux;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;

/**
 * Events of the audit system as MaxPatrol's agent writes them: the fields of each record as text, under {@code items}
 * by type.
 */
public final class AuditItemsJson implements JsonFormat {

    private static final List<String> TYPES = List.of("SYSCALL", "EXECVE", "PATH", "CWD", "SOCKADDR", "PROCTITLE");

    private final int items;
    private final int[] records;
    private final int node;
    private final int seconds;
    private final int fraction;
    private final int serial;

    public AuditItemsJson(JsonPaths paths) {
        items = paths.field("items");
        records = new int[TYPES.size()];
        for (int i = 0; i < records.length; i++) {
            records[i] = paths.field("items." + TYPES.get(i));
        }
        node = paths.field("node");
        seconds = paths.field("timestamp");
        fraction = paths.field("timestampfractional");
        serial = paths.field("eventid");
    }

    @Override
    public String name() {
        return "linux.audit-items";
    }

    @Override
    public List<String> datasets() {
        return List.of(AuditEvent.DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.isObject(items) && document.has(serial) && document.has(fraction) && document.has(seconds);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String stamp = document.get(seconds) + "." + document.get(fraction) + ":" + document.get(serial);
        if (!AuditLine.isStamp(stamp)) {
            return context.rejected(Reason.BAD_TIME, this);
        }
        AuditRecords event = new AuditRecords();
        for (int i = 0; i < records.length; i++) {
            for (String body : document.all(records[i])) {
                event.add(TYPES.get(i), document.get(node), stamp, body);
            }
        }
        AuditEvent whole = event.event();
        return whole == null
                ? new Outcome.Ignored(AuditEvent.DATASET, "event without a system call")
                : whole.read(context, this);
    }
}
