package io.clicktrail.correlator.chain;

import io.clicktrail.detection.DetectionChange;
import io.clicktrail.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a step or the passing of time did to a host.
 *
 * @param state the host afterwards
 * @param revisions chains to emit, in this order
 * @param keep the evidence to keep for its event, because it is new, or says more than was known, and can be part of a
 *     chain
 * @param released ids of evidence that nothing needs any longer
 * @param wake stream time, milliseconds since 1970, at which the host must be woken, if that is news
 * @param dropped each event, chain or member that was dropped because a bound was reached
 */
public record StepResult(
        HostState state,
        List<Revision> revisions,
        Optional<Evidence> keep,
        List<EventId> released,
        OptionalLong wake,
        List<StateBound> dropped) {

    /** A chain as it is to be emitted. */
    public record Revision(OpenChain chain, DetectionChange change) {}

    public StepResult {
        revisions = List.copyOf(revisions);
        released = List.copyOf(released);
        dropped = List.copyOf(dropped);
    }
}
