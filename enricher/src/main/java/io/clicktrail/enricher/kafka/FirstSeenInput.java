package io.clicktrail.enricher.kafka;

import io.clicktrail.domains.FirstSeen;
import io.clicktrail.evidence.Evidence;

/** What comes to the store of first-seen times. */
public sealed interface FirstSeenInput {

    /** Evidence whose domain awaits its novelty. */
    record Observed(Evidence evidence) implements FirstSeenInput {}

    /** An entry of the table of domains: a seed, or our own coming back. */
    record Recorded(FirstSeen firstSeen) implements FirstSeenInput {}
}
