package io.clicktrail.correlator.chain;

import io.clicktrail.evidence.Evidence;
import java.time.Instant;

/** The correlation of one host: two pure functions of its state and of what comes in. */
public final class ChainCorrelation {

    private ChainCorrelation() {}

    /**
     * Takes in one piece of evidence.
     *
     * @param lookup what earlier steps asked to keep and did not release
     * @param arrived stream time at which it came
     * @param passed stream time that has surely passed: whatever belongs to it has come; it only ever moves forward and
     *     is never after {@code arrived}
     */
    public static StepResult step(
            ChainDefinition definition,
            HostState state,
            Evidence evidence,
            EvidenceLookup lookup,
            Instant arrived,
            Instant passed,
            Sensors sensors) {
        var step = new HostStep(definition, state, passed.toEpochMilli(), sensors);
        step.expire();
        step.take(evidence, lookup, arrived.toEpochMilli());
        return step.end();
    }

    /** Lets time pass: chains that are due are emitted or closed, and what is old is forgotten. */
    public static StepResult expire(ChainDefinition definition, HostState state, Instant passed, Sensors sensors) {
        var step = new HostStep(definition, state, passed.toEpochMilli(), sensors);
        step.expire();
        return step.end();
    }
}
