package io.clicktrail.normalizer.format;

import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;

/**
 * Clicktrail's own heartbeat, {@code {"clicktrail.heartbeat":"<id>"}}: it has no content but the time of its delivery, and moves the time of
 * quiet partitions.
 */
public final class HeartbeatJson implements JsonFormat {

    private static final String DATASET = "clicktrail.heartbeat";

    private final int id;

    public HeartbeatJson(JsonPaths paths) {
        id = paths.field(DATASET);
    }

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public boolean recognises(JsonFields document, Transport transport) {
        return document.has(id) && document.topLevelNames() == 1;
    }

    @Override
    public Outcome read(JsonFields document, Reading reading) {
        return reading.event(
                new EventDraft(DATASET, EventKind.HEARTBEAT)
                        .time(reading.delivered())
                        .identity("heartbeat", document.get(id)),
                this);
    }
}
