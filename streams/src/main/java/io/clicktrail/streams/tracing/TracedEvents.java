package io.clicktrail.streams.tracing;

import java.util.List;

/** A value inside a topology that holds events. */
@FunctionalInterface
public interface TracedEvents {

    /** Ids of the events. */
    List<String> eventIds();
}
