package io.clicktrail.enricher.kafka;

import io.clicktrail.coverage.Coverage;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.identity.Lease;

/** What comes to the place where addresses and users become hosts. */
public sealed interface ResolutionInput {

    /** Evidence of an event, with or without a host. */
    record ForChains(Evidence evidence) implements ResolutionInput {}

    /** An event with all that can be said of it, for the SIEM. */
    record Described(Evidence evidence) implements ResolutionInput {}

    /** Telemetry that a host sends, under whichever of its names the event had. */
    record Covered(Coverage coverage) implements ResolutionInput {}

    /** A claim on the key of the record. */
    record Claimed(Lease lease) implements ResolutionInput {}
}
