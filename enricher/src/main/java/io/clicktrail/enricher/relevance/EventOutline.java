package io.clicktrail.enricher.relevance;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Process;
import io.clicktrail.event.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of an event of which only {@link Relevance#OUTLINE} counts: time, kind, sensor, host, and the pid of a
 * process that began or ended. It has no id and no hash of its raw record, as nothing refers to it.
 */
final class EventOutline {

    private static final String NONE = "";

    private EventOutline() {}

    static Event of(Event event) {
        Source from = event.getSource();
        return new Event(
                NONE,
                event.getTime(),
                event.getTimeQuality(),
                event.getKind(),
                null,
                new Source(from.getDataset(), NONE, from.getPartition(), from.getOffset(), NONE, from.getIndex()),
                event.getHost(),
                null,
                process(event),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                event.getOutcome(),
                List.of(),
                null,
                null);
    }

    private static @Nullable Process process(Event event) {
        @Nullable Process process = event.getProcess();
        boolean isOfProcess = event.getKind() == EventKind.PROCESS_START || event.getKind() == EventKind.PROCESS_END;
        return process == null || !isOfProcess
                ? null
                : new Process(
                        null, process.getPid(), null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
