package io.clicktrail.engine.explain;

import io.clicktrail.detection.Stage;
import java.util.List;
import java.util.Map;

/**
 * What was considered of a subject.
 *
 * @param chains every chain with a score above 0, the strongest first
 * @param evidence number of pieces of evidence by the stage that they can play
 * @param missing stages that no evidence of the subject can play
 * @param trusted places of the subject that made no egress, by tenant key, with the reason; at most
 *     {@value Explainer#MAX_PLACES}
 * @param unchained places that evidence of the subject names and of which no chain was considered, with the reason; at
 *     most {@value Explainer#MAX_PLACES}
 * @param changes for each chain, by detection id, the smallest change that would emit or silence it
 */
public record Explanation(
        List<JudgedChain> chains,
        Map<Stage, Integer> evidence,
        List<Stage> missing,
        Map<String, String> trusted,
        List<PlaceWithoutChain> unchained,
        Map<String, TuningChange> changes) {

    public Explanation {
        chains = List.copyOf(chains);
        evidence = Map.copyOf(evidence);
        missing = List.copyOf(missing);
        trusted = Map.copyOf(trusted);
        unchained = List.copyOf(unchained);
        changes = Map.copyOf(changes);
    }

    /** The same with other changes. */
    Explanation with(Map<String, TuningChange> others) {
        return new Explanation(chains, evidence, missing, trusted, unchained, others);
    }
}
