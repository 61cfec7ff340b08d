package io.clicktrail.correlator.testing;

import io.clicktrail.correlator.chain.Sensors;
import io.clicktrail.detection.Stage;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** Sensors that were last seen at given times. */
public record SensorsAt(Map<Stage, Instant> lastSeen) implements Sensors {

    /** All sensors alive for as long as any test lasts. */
    public static SensorsAt alive() {
        var alive = new EnumMap<Stage, Instant>(Stage.class);
        for (var stage : Stage.values()) {
            alive.put(stage, Instant.parse("2027-01-01T00:00:00Z"));
        }
        return new SensorsAt(alive);
    }

    public SensorsAt without(Stage stage) {
        var less = new EnumMap<>(lastSeen);
        less.remove(stage);
        return new SensorsAt(less);
    }

    public SensorsAt with(Stage stage, Instant seen) {
        var other = new EnumMap<>(lastSeen);
        other.put(stage, seen);
        return new SensorsAt(other);
    }

    @Override
    public OptionalLong lastSeen(Stage stage, long until) {
        var seen = lastSeen.get(stage);
        return seen == null ? OptionalLong.empty() : OptionalLong.of(Math.min(until, seen.toEpochMilli() * 1_000));
    }
}
