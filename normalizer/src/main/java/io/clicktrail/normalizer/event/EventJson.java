package io.clicktrail.normalizer.event;

import io.clicktrail.event.Event;
import io.clicktrail.schemas.EventEcsJson;

/** Writes an event as one line of JSON with ECS names. */
public final class EventJson {

    private final EventEcsJson<Event> json;

    public EventJson() {
        this(EventEcsJson.ofEvents());
    }

    private EventJson(EventEcsJson<Event> json) {
        this.json = json;
    }

    /**
     * Writes the place of a record as {@code source.path} and {@code source.record}: a file, and the record's index in
     * it from 0.
     */
    public static EventJson ofFiles() {
        return new EventJson(EventEcsJson.ofEventsOfFiles());
    }

    /** One line, without a line break. */
    public String write(Event event) {
        return json.write(event);
    }
}
