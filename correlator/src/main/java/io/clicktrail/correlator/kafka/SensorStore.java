package io.clicktrail.correlator.kafka;

import io.clicktrail.correlator.chain.Sensors;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When each kind of telemetry of each host was seen: the first and the latest time, and in which quarters of an hour of
 * the sixteen hours before the latest. So the answer for a time that is over does not depend on what came since.
 */
final class SensorStore {

    private static final long SLOT = TimeUnit.MINUTES.toMicros(15);
    private static final String FIRST = "\0first";
    private static final String SLOTS = "\0slots";

    private final KeyValueStore<String, Long> store;

    SensorStore(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    /** Records an event time, microseconds since 1970. */
    void saw(String host, EventKind kind, long time) {
        String key = key(host, kind);
        Long latest = store.get(key);
        Long first = store.get(key + FIRST);
        Long slots = store.get(key + SLOTS);
        if (first == null || time < first) {
            store.put(key + FIRST, time);
        }
        long newest = latest == null ? time : Math.max(latest, time);
        if (latest == null || latest < time) {
            store.put(key, time);
        }
        long ahead = latest == null ? Long.SIZE : slot(newest) - slot(latest);
        long moved = slots == null || ahead >= Long.SIZE ? 0 : slots << ahead;
        long back = slot(newest) - slot(time);
        long now = back >= Long.SIZE ? moved : moved | 1L << back;
        if (slots == null || now != slots) {
            store.put(key + SLOTS, now);
        }
    }

    Sensors of(String host, Platform platform) {
        return (stage, until) -> lastSeen(host, stage, platform, until);
    }

    private OptionalLong lastSeen(String host, Stage stage, Platform platform, long until) {
        long last = Long.MIN_VALUE;
        for (var kind : Sensors.kindsThatShow(stage, platform)) {
            last = Math.max(last, lastSeen(key(host, kind), until));
        }
        return last == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(last);
    }

    /** The end of the latest quarter of an hour with a record that began at or before a time; else the first sight. */
    private long lastSeen(String key, long until) {
        Long latest = store.get(key);
        Long slots = store.get(key + SLOTS);
        Long first = store.get(key + FIRST);
        if (latest == null || slots == null || first == null) {
            return Long.MIN_VALUE;
        }
        long back = Math.max(0, slot(latest) - slot(until));
        long before = back >= Long.SIZE ? 0 : slots >>> back;
        if (before != 0) {
            long slot = slot(latest) - back - Long.numberOfTrailingZeros(before);
            return Math.min(until, (slot + 1) * SLOT - 1);
        }
        return first <= until ? first : Long.MIN_VALUE;
    }

    private static long slot(long time) {
        return Math.floorDiv(time, SLOT);
    }

    private static String key(String host, EventKind kind) {
        return host + '\0' + kind.name();
    }
}
