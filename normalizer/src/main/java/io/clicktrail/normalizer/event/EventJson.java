package io.clicktrail.normalizer.event;

import io.clicktrail.event.Event;
import io.clicktrail.schemas.EcsJson;

/** Writes an event as one line of JSON with ECS names. */
public final class EventJson {

    private final EcsJson<Event> json = EcsJson.ofEvents();

    /** One line, without a line break. */
    public String write(Event event) {
        return json.write(event);
    }
}
