package io.clicktrail.correlator.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Which host is to be woken when; a store in order of time, keyed by eight bytes of due time and the host. */
final class TimerStore {

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private long scannedTo;

    /** Nothing can be due before this time, milliseconds since 1970. */
    private long quietUntil;

    TimerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void set(long due, String host) {
        store.put(key(due, host), NOTHING);
        quietUntil = Math.min(quietUntil, due);
        scannedTo = Math.min(scannedTo, due);
    }

    /** Takes out the hosts that are due, earliest first, at most so many. */
    List<String> takeDue(long now, int max) {
        if (now < quietUntil) {
            return List.of();
        }
        var keys = new ArrayList<Bytes>();
        quietUntil = Long.MAX_VALUE;
        try (KeyValueIterator<Bytes, byte[]> timers = store.range(key(scannedTo, ""), null)) {
            while (timers.hasNext()) {
                KeyValue<Bytes, byte[]> timer = timers.next();
                long due = ByteBuffer.wrap(timer.key.get()).getLong();
                if (due > now || keys.size() == max) {
                    quietUntil = due;
                    break;
                }
                scannedTo = due;
                keys.add(timer.key);
            }
        }
        var hosts = new ArrayList<String>(keys.size());
        for (var key : keys) {
            store.delete(key);
            hosts.add(hostOf(key));
        }
        return hosts;
    }

    private static Bytes key(long due, String host) {
        var name = host.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(due)
                .put(name)
                .array());
    }

    private static String hostOf(Bytes key) {
        return new String(key.get(), Long.BYTES, key.get().length - Long.BYTES, StandardCharsets.UTF_8);
    }
}
