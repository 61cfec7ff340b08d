package io.clicktrail.benchmarks.chains;

import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RecordCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A piece of evidence and when it arrives.
 *
 * @param at milliseconds since 1970
 */
public record EvidenceArrival(long at, Evidence evidence) {

    /** The same at another host and a later time, where it plays no part: it only shows that time has passed. */
    public EvidenceArrival elsewhere(String host, Duration later) {
        var time = Instant.ofEpochMilli(at).plus(later);
        var event = RecordCopy.of(evidence.getEvent())
                .set("time", time)
                .set("event_id", "0".repeat(evidence.getEvent().getEventId().length()))
                .build();
        var moved = RecordCopy.of(evidence)
                .set("event", event)
                .set("host", host)
                .set("roles", List.of(Role.LINEAGE))
                .build();
        return new EvidenceArrival(time.toEpochMilli(), moved);
    }
}
