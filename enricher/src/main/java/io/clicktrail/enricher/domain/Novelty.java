package io.clicktrail.enricher.domain;

import java.time.Instant;

/** What the first-seen store knows of a tenant key. */
public sealed interface Novelty {

    /** The organisation's first sight of the key in event time. */
    Instant firstSeen();

    /** First seen at a time that can be trusted to be the first. */
    record Seen(Instant firstSeen) implements Novelty {}

    /** First seen while the store still learns what is ordinary, so that it proves nothing. */
    record Learning(Instant firstSeen) implements Novelty {}
}
