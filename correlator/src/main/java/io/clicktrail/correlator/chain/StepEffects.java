package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.chain.StepResult.Revision;
import io.clicktrail.detection.DetectionChange;
import java.util.ArrayList;
import java.util.List;

/** What a step does beside the new state, collected while it is taken; most steps collect nothing. */
final class StepEffects {

    private List<Revision> revisions = List.of();
    private List<EventId> removed = List.of();
    private List<StateBound> dropped = List.of();

    void emit(OpenChain chain, DetectionChange change) {
        revisions = revisions.isEmpty() ? new ArrayList<>() : revisions;
        revisions.add(new Revision(chain, change));
    }

    /** An event left a list or a chain; its evidence can go unless another list or chain still has it. */
    void remove(EventId id) {
        removed = removed.isEmpty() ? new ArrayList<>() : removed;
        removed.add(id);
    }

    void drop(StateBound bound) {
        dropped = dropped.isEmpty() ? new ArrayList<>() : dropped;
        dropped.add(bound);
    }

    List<Revision> revisions() {
        return revisions;
    }

    List<EventId> removed() {
        return removed;
    }

    List<StateBound> dropped() {
        return dropped;
    }
}
