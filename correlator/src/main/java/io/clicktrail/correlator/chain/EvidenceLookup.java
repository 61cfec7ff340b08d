package io.clicktrail.correlator.chain;

import io.clicktrail.evidence.Evidence;

/** The evidence that was kept for the facts and cases of a host. */
@FunctionalInterface
public interface EvidenceLookup {

    /**
     * The evidence of an event.
     *
     * @throws IllegalStateException if it was not kept, which would be a bug
     */
    Evidence of(EventId id);
}
