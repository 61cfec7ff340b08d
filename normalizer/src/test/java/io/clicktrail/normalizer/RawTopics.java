package io.clicktrail.normalizer;

import io.clicktrail.normalizer.heartbeat.HeartbeatTrust;
import io.clicktrail.streams.testkit.TopologyHarness;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** The normalizer's topology with the settings that tests agree on. */
final class RawTopics {

    private RawTopics() {}

    static TopologyHarness harness(DataSize mostRejected) {
        return new TopologyHarness(topology(mostRejected));
    }

    static TopologyHarness.Build topology(DataSize mostRejected) {
        return topology(mostRejected, HeartbeatTrust.ALL);
    }

    static TopologyHarness.Build topology(DataSize mostRejected, HeartbeatTrust trust) {
        return (builder, topics, meters) -> NormalizerTopology.build(
                builder,
                topics,
                new NormalizerSettings(
                        ZoneOffset.UTC,
                        Map.of(),
                        Map.of(),
                        List.of(),
                        DataSize.ofMegabytes(1),
                        mostRejected,
                        64,
                        32_767,
                        10_000),
                trust,
                meters);
    }
}
