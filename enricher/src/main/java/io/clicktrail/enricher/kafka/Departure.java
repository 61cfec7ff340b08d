package io.clicktrail.enricher.kafka;

import io.clicktrail.evidence.Evidence;

/** What leaves the place where addresses and users become hosts. */
public sealed interface Departure {

    Evidence evidence();

    /** Evidence on its way to the correlator. */
    record ForChains(Evidence evidence) implements Departure {}

    /** An event with all that is known of it, for the SIEM. */
    record ForSiem(Evidence evidence) implements Departure {}
}
