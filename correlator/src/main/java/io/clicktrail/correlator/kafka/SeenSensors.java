package io.clicktrail.correlator.kafka;

import io.clicktrail.correlator.chain.Sensors;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.state.KeyValueStore;

/** When each kind of telemetry of each host was last seen. */
final class SeenSensors {

    private final KeyValueStore<String, Long> store;

    SeenSensors(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    /** Remembers the latest event time, microseconds since 1970. */
    void saw(String host, EventKind kind, long time) {
        var key = key(host, kind);
        var before = store.get(key);
        if (before == null || before < time) {
            store.put(key, time);
        }
    }

    /** What shows which stage depends on the platform: on macOS a link is handed over without starting a process. */
    Sensors of(String host, Platform platform) {
        return stage -> lastSeen(host, stage, platform);
    }

    private OptionalLong lastSeen(String host, Stage stage, Platform platform) {
        long latest = Long.MIN_VALUE;
        for (var kind : kindsThatShow(stage, platform)) {
            var seen = store.get(key(host, kind));
            latest = seen == null ? latest : Math.max(latest, seen);
        }
        return latest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(latest);
    }

    private static List<EventKind> kindsThatShow(Stage stage, Platform platform) {
        return switch (stage) {
            case CLICK ->
                platform == Platform.MACOS
                        ? List.of(EventKind.URL_OPEN)
                        : List.of(EventKind.PROCESS_START, EventKind.URL_OPEN);
            case EGRESS -> List.of(EventKind.NETWORK_CONNECTION, EventKind.DNS_QUERY, EventKind.HTTP_REQUEST);
            case WRITE -> List.of(EventKind.FILE_WRITE, EventKind.FILE_MARK);
            case EXECUTION -> List.of(EventKind.PROCESS_START);
        };
    }

    private static String key(String host, EventKind kind) {
        return host + '\0' + kind.name();
    }
}
