package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.reference.ReferenceMatcher;
import io.clicktrail.correlator.testing.DeliveryOrder;
import io.clicktrail.detection.Detection;
import io.clicktrail.event.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The correlator against the plain reference, on what happens by chance. */
class RandomHistoriesTest {

    private static final long SEED = 0x0066_1204;
    private static final long SEED_LATE = Long.getLong("clicktrail.seed", 0x0016_0917);
    private static final long SEED_BACKLOG = 12_041;
    private static final int HISTORIES = Integer.getInteger("clicktrail.histories", 2_500);
    private static final List<Platform> PLATFORMS = List.of(Platform.WINDOWS, Platform.LINUX, Platform.MACOS);

    @Test
    void agreesWithTheReferenceOnRandomHistories() {
        int detections = LongStream.range(SEED, SEED + HISTORIES)
                .parallel()
                .mapToInt(RandomHistoriesTest::agrees)
                .sum();
        assertThat(detections).as("histories without detections prove nothing").isGreaterThan(HISTORIES / 2);
    }

    @Test
    void agreesWithTheReferenceWhereProcessesBecomeKnownLate() {
        int detections = LongStream.range(SEED_LATE, SEED_LATE + HISTORIES)
                .parallel()
                .mapToInt(seed -> {
                    var platform = PLATFORMS.get((int) (seed % 3));
                    var grace = ChainDefinition.builtIn(platform).grace();
                    return agrees(
                            seed,
                            "host",
                            platform,
                            RandomHistories.ofProcessesKnownLate(seed, "host", platform, grace));
                })
                .sum();
        assertThat(detections).as("histories without detections prove nothing").isGreaterThan(HISTORIES / 4);
    }

    @Test
    void decidesTheSameFromABacklogAsLive() {
        int detections = LongStream.range(SEED_BACKLOG, SEED_BACKLOG + HISTORIES)
                .parallel()
                .mapToInt(RandomHistoriesTest::agreesFromABacklog)
                .sum();
        assertThat(detections).as("histories without detections prove nothing").isGreaterThan(HISTORIES / 4);
    }

    /** Four hours after the last evidence all is decided; so a chain that counts from a later time is found out. */
    private static int agreesFromABacklog(long seed) {
        var platform = PLATFORMS.get((int) (seed % 3));
        var definition = ChainDefinition.builtIn(platform);
        var history = RandomHistories.of(seed, "host", platform, definition.grace());
        if (history.deliveries().isEmpty()) {
            return 0;
        }
        var end = history.deliveries().getLast().at().plus(Duration.ofHours(4));
        var live = new Replay("host", definition, history.sensors())
                .deliver(history.deliveries())
                .pass(end)
                .finalDetections();
        var caughtUp = new Replay("host", definition, history.sensors())
                .deliverFromABacklog(history.deliveries(), new Random(seed))
                .jump(end)
                .finalDetections();
        assertThat(hashes(caughtUp))
                .as(() -> "seed " + seed + " on " + platform + "\nlive      " + live.values() + "\ncaught up "
                        + caughtUp.values())
                .isEqualTo(hashes(live));
        return live.size();
    }

    /** A history is that of one to three hosts, each of another platform. */
    private static int agrees(long seed) {
        int detections = 0;
        for (int host = 0; host < 1 + seed % 3; host++) {
            long each = seed * 31 + host;
            var platform = PLATFORMS.get((int) ((seed + host) % 3));
            var grace = ChainDefinition.builtIn(platform).grace();
            detections +=
                    agrees(each, "host" + host, platform, RandomHistories.of(each, "host" + host, platform, grace));
        }
        return detections;
    }

    private static int agrees(long seed, String host, Platform platform, RandomHistories.History history) {
        var definition = ChainDefinition.builtIn(platform);
        var replay = new Replay(host, definition, history.sensors())
                .deliver(history.deliveries())
                .passToTheEnd();
        var expected = ReferenceMatcher.detections(
                host,
                platform,
                definition.window(),
                definition.followOn(),
                definition.skew(),
                history.sensors().lastSeen(),
                history.deliveries().stream().map(DeliveryOrder::evidence).toList());
        var actual = replay.finalDetections();
        assertThat(hashes(actual))
                .as(() -> "seed " + seed + " on " + platform + "\nexpected " + expected.values() + "\nactual   "
                        + actual.values())
                .isEqualTo(hashes(expected));
        assertThat(replay.dropped()).as("seed %s", seed).allMatch(bound -> bound == StateBound.CHAIN_EVIDENCE);
        assertThat(replay.state().isEmpty()).as("seed %s", seed).isTrue();
        assertThat(replay.storedEvidence()).as("seed %s", seed).isZero();
        return actual.size();
    }

    private static Map<String, String> hashes(Map<String, Detection> detections) {
        var hashes = new TreeMap<String, String>();
        detections.forEach((id, detection) -> hashes.put(id, detection.getContentHash()));
        return hashes;
    }
}
