package io.clicktrail.normalizer.macos;

import io.clicktrail.event.Host;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.envelope.CollectorHost;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;

/** What Apple's eslogger(1) writes. It names no host: that must come with the transport or from the collector. */
public final class EsloggerJson implements JsonFormat {

    private static final String DATASET = "macos.eslogger";

    private final EndpointSecurity messages;
    private final CollectorHost collector;
    private final int schemaVersion;
    private final int machTime;
    private final int sequence;
    private final int time;

    public EsloggerJson(JsonPaths paths) {
        messages = new EndpointSecurity(paths);
        collector = new CollectorHost(paths);
        schemaVersion = paths.field("schema_version");
        machTime = paths.field("mach_time");
        sequence = paths.field("global_seq_num");
        time = paths.field("time");
    }

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.has(schemaVersion) && document.has(machTime) && messages.hasActor(document);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        Host host = Hosts.of(collector.of(document, context), Platform.MACOS, null);
        EventTime when = context.time(document.get(time));
        EventDraft draft =
                messages.read(document, host, when, DATASET, context.limits().fieldChars());
        if (draft != null && host != null && document.get(sequence) != null) {
            draft.identity("eslogger", host.getName(), document.get(machTime), document.get(sequence));
        }
        return EndpointSecurity.finish(draft, document, context, this, DATASET);
    }
}
