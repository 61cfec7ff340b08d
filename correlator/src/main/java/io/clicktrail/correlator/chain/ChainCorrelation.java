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

    /**
     * Takes an event back, as its host turned out to have another name and the event goes under that: chains that it is
     * a member of end here. A chain that began too long ago to go on there as a whole stays, and the event with it.
     *
     * @param arrived stream time at which the host's other name came
     */
    public static StepResult takeBack(
            ChainDefinition definition,
            HostState state,
            Evidence evidence,
            Instant arrived,
            Instant passed,
            Sensors sensors) {
        var step = new HostStep(definition, state, passed.toEpochMilli(), sensors);
        step.takeBack(EventId.of(evidence.getEvent().getEventId()), arrived.toEpochMilli());
        return step.end();
    }

    /** Lets time pass: chains that are due are emitted or closed, and what is old is forgotten. */
    public static StepResult expire(ChainDefinition definition, HostState state, Instant passed, Sensors sensors) {
        var step = new HostStep(definition, state, passed.toEpochMilli(), sensors);
        step.expire();
        return step.end();
    }
}
