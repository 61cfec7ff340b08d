package io.clicktrail.engine.explain;

import io.clicktrail.detection.Stage;
import java.util.List;
import java.util.Map;

/**
 * A place that evidence of the subject names and of which no chain was considered.
 *
 * @param place tenant key
 * @param score of the place, 0-100, the highest that its evidence has
 * @param evidence number of pieces that name the place, by the stage that they can play
 * @param lacking stages that no evidence of the same host can play within the windows around these pieces
 * @param reason what decided, a short sentence without a full stop
 */
public record PlaceWithoutChain(
        String place, int score, Map<Stage, Integer> evidence, List<Stage> lacking, String reason) {

    public PlaceWithoutChain {
        evidence = Map.copyOf(evidence);
        lacking = List.copyOf(lacking);
    }
}
