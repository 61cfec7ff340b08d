package io.clicktrail.enricher.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the first-seen store knows of a tenant key. */
public sealed interface Novelty {

    /** When the organisation first contacted the key, event time. */
    Instant firstSeen();

    /** Which hosts had touched the key by the time of the event. */
    Prevalence prevalence();

    /** When the key handed out its first program to the organisation; null where it has not. */
    @Nullable
    Instant firstProgram();

    /** How long the first program of a place counts as new. */
    Duration FIRST_PROGRAM = Duration.ofDays(7);

    /**
     * Whether a program that the key hands out at a time is its first to the organisation, or one within a week of it.
     */
    default boolean handsOutFirstProgram(Instant time) {
        @Nullable Instant first = firstProgram();
        return !(this instanceof Learning) && first != null && !first.isBefore(time.minus(FIRST_PROGRAM));
    }

    /** First seen at a time that can be trusted to be the first. */
    record Seen(
            Instant firstSeen,
            Prevalence prevalence,
            @Nullable Instant firstProgram) implements Novelty {}

    /** First seen while the store still learns what is ordinary, so that it proves nothing. */
    record Learning(
            Instant firstSeen,
            Prevalence prevalence,
            @Nullable Instant firstProgram) implements Novelty {}

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

        @Override
        public @Nullable Instant firstProgram() {
            return null;
        }
    }
}
