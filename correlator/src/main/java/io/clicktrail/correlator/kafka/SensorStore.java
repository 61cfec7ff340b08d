package io.clicktrail.correlator.kafka;

import io.clicktrail.correlator.chain.Sensors;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import java.util.OptionalLong;
import org.apache.kafka.streams.state.KeyValueStore;

/** When each kind of telemetry of each host was last seen. */
final class SensorStore {

    private final KeyValueStore<String, Long> store;

    SensorStore(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    /** Records the latest event time, microseconds since 1970. */
    void saw(String host, EventKind kind, long time) {
        var key = key(host, kind);
        var before = store.get(key);
        if (before == null || before < time) {
            store.put(key, time);
        }
    }

    Sensors of(String host, Platform platform) {
        return stage -> lastSeen(host, stage, platform);
    }

    private OptionalLong lastSeen(String host, Stage stage, Platform platform) {
        long latest = Long.MIN_VALUE;
        for (var kind : Sensors.kindsThatShow(stage, platform)) {
            var seen = store.get(key(host, kind));
            latest = seen == null ? latest : Math.max(latest, seen);
        }
        return latest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(latest);
    }

    private static String key(String host, EventKind kind) {
        return host + '\0' + kind.name();
    }
}
