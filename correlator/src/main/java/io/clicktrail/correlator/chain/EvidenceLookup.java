package io.clicktrail.correlator.chain;

import io.clicktrail.evidence.Evidence;

/** The evidence behind the events and chains of a host. */
@FunctionalInterface
public interface EvidenceLookup {

    /**
     * The evidence of an event.
     *
     * @throws IllegalStateException if it is not there, which would be a bug
     */
    Evidence of(EventId id);
}
