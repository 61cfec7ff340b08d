package io.clicktrail.correlator.chain;

import io.clicktrail.evidence.Evidence;
import java.time.Instant;

/** The correlation of one host: two pure functions of what is remembered and what is given. */
public final class Chains {

    private Chains() {}

    /**
     * Takes in one piece of evidence.
     *
     * @param now stream time, which only ever moves forward
     */
    public static Step step(
            ChainDefinition definition, HostState state, Evidence evidence, Instant now, Sensors sensors) {
        var turn = new Turn(definition, state, now.toEpochMilli(), sensors);
        turn.expire();
        turn.take(FactReader.read(evidence), evidence.getPlatform());
        return turn.end();
    }

    /** Lets time pass: cases that are due are told or closed, and what is old is forgotten. */
    public static Step expire(ChainDefinition definition, HostState state, Instant now, Sensors sensors) {
        var turn = new Turn(definition, state, now.toEpochMilli(), sensors);
        turn.expire();
        return turn.end();
    }
}
