package io.clicktrail.normalizer.heartbeat;

import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;

/**
 * Clicktrail's own heartbeat, {@code {"clicktrail.heartbeat":"<id>"}}: it has no content but the time of its delivery,
 * and moves the time of quiet partitions. A canary, {@code {"clicktrail.canary":"<id>"}}, is one too, and shows how
 * long the way through all services takes.
 */
public final class HeartbeatJson implements JsonFormat {

    private static final String DATASET = "clicktrail.heartbeat";
    private static final String CANARY = "clicktrail.canary";

    private final int id;
    private final int canary;

    public HeartbeatJson(JsonPaths paths) {
        id = paths.field(DATASET);
        canary = paths.field(CANARY);
    }

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public List<String> datasets() {
        return List.of(DATASET, CANARY);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return (document.has(id) || document.has(canary)) && document.topLevelNames() == 1;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        boolean isCanary = document.has(canary);
        return context.event(
                new EventDraft(isCanary ? CANARY : DATASET, EventKind.HEARTBEAT)
                        .time(context.delivered())
                        .identity(isCanary ? "canary" : "heartbeat", document.get(isCanary ? canary : id)),
                this);
    }
}
