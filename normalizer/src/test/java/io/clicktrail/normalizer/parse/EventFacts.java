package io.clicktrail.normalizer.parse;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.event.EventJson;

/** An event as one JSON line, without what differs from record to record. */
public final class EventFacts {

    private static final EventJson JSON = new EventJson();

    private EventFacts() {}

    public static String of(Event event) {
        return JSON.write(event)
                .replaceAll("(\"event\":\\{)\"id\":\"[0-9a-f]{32}\",", "$1")
                .replaceAll(",\"hash\":\"[0-9a-f]{64}\"", "")
                .replaceAll("\"source\":\\{[^}]*},?", "")
                .replace(",}", "}");
    }
}
