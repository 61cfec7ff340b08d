package io.clicktrail.correlator.chain;

import io.clicktrail.evidence.Evidence;
import java.time.Instant;

/** The correlation of one host: two pure functions of what is remembered and what is given. */
public final class ChainCorrelation {

    private ChainCorrelation() {}

    /**
     * Takes in one piece of evidence.
     *
     * @param kept what the steps before asked to keep and did not release
     * @param arrived stream time at which it came
     * @param passed stream time that has surely passed: whatever belongs to it has come; it only ever moves forward and
     *     is never after {@code arrived}
     */
    public static StepResult step(
            ChainDefinition definition,
            HostState state,
            Evidence evidence,
            EvidenceLookup kept,
            Instant arrived,
            Instant passed,
            Sensors sensors) {
        var turn = new HostStep(definition, state, passed.toEpochMilli(), sensors);
        turn.expire();
        turn.take(evidence, kept, arrived.toEpochMilli());
        return turn.end();
    }

    /** Lets time pass: cases that are due are told or closed, and what is old is forgotten. */
    public static StepResult expire(ChainDefinition definition, HostState state, Instant passed, Sensors sensors) {
        var turn = new HostStep(definition, state, passed.toEpochMilli(), sensors);
        turn.expire();
        return turn.end();
    }
}
