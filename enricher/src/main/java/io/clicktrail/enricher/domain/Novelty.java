package io.clicktrail.enricher.domain;

import java.time.Instant;

/** What the first-seen store knows of a tenant key. */
public sealed interface Novelty {

    /** The organisation's first sight of the key in event time. */
    Instant firstSeen();

    /** Which hosts had touched the key by the time of the event. */
    Prevalence prevalence();

    /** First seen at a time that can be trusted to be the first. */
    record Seen(Instant firstSeen, Prevalence prevalence) implements Novelty {}

    /** First seen while the store still learns what is ordinary, so that it proves nothing. */
    record Learning(Instant firstSeen, Prevalence prevalence) implements Novelty {}

    /**
     * One of so many new names below a suffix that they are not kept one by one.
     *
     * @param firstSeen time of the event itself
     */
    record Burst(Instant firstSeen) implements Novelty {

        @Override
        public Prevalence prevalence() {
            return new Prevalence(1, 0);
        }
    }
}
