package io.clicktrail.correlator.detection;

import io.clicktrail.detection.ClockDifference;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.evidence.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far the clocks of network sensors are ahead of the endpoint's. Each sighting of the network, which knows
 * no process, is held against the nearest one of the same kind and host name that the endpoint has, within the skew
 * that is allowed for.
 */
final class ClockSkew {

    private record Pair(String dataset, String against) implements Comparable<Pair> {

        @Override
        public int compareTo(Pair other) {
            int order = dataset.compareTo(other.dataset);
            return order != 0 ? order : against.compareTo(other.against);
        }
    }

    private ClockSkew() {}

    static List<ClockDifference> differences(List<StageEvidence> evidence, Duration skew) {
        Map<Pair, List<Long>> differences = new TreeMap<>();
        for (var placed : evidence) {
            var network = placed.getEvidence();
            if (placed.getStage() != Stage.EGRESS || network.getEvent().getProcess() != null) {
                continue;
            }
            var endpoint = nearest(network, evidence);
            if (endpoint != null && ahead(network, endpoint).abs().compareTo(skew) <= 0) {
                var pair = new Pair(datasetOf(network), datasetOf(endpoint));
                differences
                        .computeIfAbsent(pair, none -> new ArrayList<>())
                        .add(ahead(network, endpoint).toMillis());
            }
        }
        return differences.entrySet().stream()
                .map(entry -> difference(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ClockDifference difference(Pair pair, List<Long> millis) {
        Collections.sort(millis);
        return new ClockDifference(pair.dataset(), pair.against(), millis.get((millis.size() - 1) / 2), millis.size());
    }

    private static @Nullable Evidence nearest(Evidence network, List<StageEvidence> evidence) {
        Evidence nearest = null;
        for (var placed : evidence) {
            var other = placed.getEvidence();
            if (placed.getStage() == Stage.EGRESS
                    && other.getEvent().getProcess() != null
                    && seeTheSame(network, other)
                    && (nearest == null
                            || ahead(network, other)
                                            .abs()
                                            .compareTo(ahead(network, nearest).abs())
                                    < 0)) {
                nearest = other;
            }
        }
        return nearest;
    }

    private static boolean seeTheSame(Evidence a, Evidence b) {
        var target = a.getDomain();
        var other = b.getDomain();
        return a.getEvent().getKind() == b.getEvent().getKind()
                && target != null
                && other != null
                && target.getHost().equals(other.getHost());
    }

    private static Duration ahead(Evidence network, Evidence endpoint) {
        return Duration.between(
                endpoint.getEvent().getTime(), network.getEvent().getTime());
    }

    private static String datasetOf(Evidence evidence) {
        return evidence.getEvent().getSource().getDataset();
    }
}
