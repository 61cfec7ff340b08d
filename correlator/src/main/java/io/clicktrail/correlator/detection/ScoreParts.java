package io.clicktrail.correlator.detection;

import io.clicktrail.detection.StageEvidence;
import io.clicktrail.schemas.RecordCopy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives all evidence of a chain the same time of first seen for a tenant key. Each piece carries the earliest time that
 * was known when it was judged, which depends on the order of arrival; the earliest of all does not.
 */
final class ScoreParts {

    private ScoreParts() {}

    static List<StageEvidence> agreed(List<StageEvidence> evidence) {
        Map<String, Instant> earliest = new HashMap<>();
        for (var placed : evidence) {
            var risk = placed.getEvidence().getDomain();
            if (risk != null && risk.getFirstSeen() != null) {
                earliest.merge(risk.getTenantKey(), risk.getFirstSeen(), (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        return evidence.stream().map(placed -> agreed(placed, earliest)).toList();
    }

    private static StageEvidence agreed(StageEvidence placed, Map<String, Instant> earliest) {
        var risk = placed.getEvidence().getDomain();
        var first = risk == null ? null : earliest.get(risk.getTenantKey());
        if (risk == null || first == null || first.equals(risk.getFirstSeen())) {
            return placed;
        }
        return new StageEvidence(
                placed.getStage(),
                RecordCopy.of(placed.getEvidence())
                        .set(
                                "domain",
                                RecordCopy.of(risk).set("first_seen", first).build())
                        .build());
    }
}
