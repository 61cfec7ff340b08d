package io.clicktrail.normalizer.kafka;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.streams.tracing.TracedEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A raw record with what became of it, on its way inside the topology.
 *
 * @param isPart whether the value is only one document of the record
 */
@SuppressWarnings("ArrayRecordComponent")
public record NormalizedRecord(byte @Nullable [] value, RawCoordinates at, Outcome outcome, boolean isPart)
        implements TracedEvents {

    @Override
    public List<String> eventIds() {
        return outcome instanceof Outcome.Normalized normalized
                ? normalized.events().stream().map(Event::getEventId).toList()
                : List.of();
    }
}
