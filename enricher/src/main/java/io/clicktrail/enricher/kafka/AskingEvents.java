package io.clicktrail.enricher.kafka;

import io.clicktrail.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Events of the last minutes that know their process or its parent by pid alone, as they were delivered: a start of
 * that pid that is delivered after them may say more of them.
 *
 * <p><b>Bounds.</b> {@value #MAX_OF_PID} events that ask for one pid, {@value #MAX_OF_HOST} of a host, and
 * {@value #MAX} of a partition: more of a pid are not remembered, so that one line does not make any number of others
 * go again; a host that is full forgets its oldest, and a partition that is full forgets the oldest of the host that
 * asks. Where they are is in memory, and rebuilt from the store after a restart.
 */
final class AskingEvents {

    static final int MAX_OF_HOST = 1_024;
    private static final int MAX_OF_PID = 128;
    private static final int MAX = 50_000;
    private static final char PART = '\u0000';

    private final TimestampedKeyValueStore<String, Event> store;
    private final StringSerializer keys = new StringSerializer();
    private final Map<String, Host> hosts = new HashMap<>();
    private int size;

    AskingEvents(TimestampedKeyValueStore<String, Event> store) {
        this.store = store;
        List<Place> places = new ArrayList<>();
        try (KeyValueIterator<String, ValueAndTimestamp<Event>> all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                places.add(new Place(entry.value.timestamp(), entry.key));
            }
        }
        places.sort(Comparator.comparingLong(Place::delivered));
        places.forEach(this::add);
    }

    /** @param delivered delivery time, milliseconds */
    void remember(String host, long pid, Event event, long delivered) {
        Host known = hosts.get(host);
        if (known == null ? size >= MAX : known.pids.getOrDefault(pid, 0) >= MAX_OF_PID) {
            return;
        }
        String key = host + PART + pid + PART + event.getEventId();
        if (store.putIfAbsent(key, ValueAndTimestamp.make(event, delivered)) != null) {
            return;
        }
        if (known != null && (size >= MAX || known.places.size() >= MAX_OF_HOST)) {
            forget(known.places.remove(), known);
        }
        add(new Place(delivered, key));
    }

    /** The events of a host that ask for a pid. */
    List<Event> of(String host, long pid) {
        @Nullable Host known = hosts.get(host);
        if (known == null || !known.pids.containsKey(pid)) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        try (KeyValueIterator<String, ValueAndTimestamp<Event>> entries =
                store.prefixScan(host + PART + pid + PART, keys)) {
            while (entries.hasNext()) {
                events.add(entries.next().value.value());
            }
        }
        return events;
    }

    /** Forgets what was delivered before a time, milliseconds. */
    void forget(long deliveredBefore) {
        for (Iterator<Host> all = hosts.values().iterator(); all.hasNext(); ) {
            Host host = all.next();
            for (Place first = host.places.peek();
                    first != null && first.delivered() < deliveredBefore;
                    first = host.places.peek()) {
                forget(host.places.remove(), host);
            }
            if (host.places.isEmpty()) {
                all.remove();
            }
        }
    }

    private void add(Place place) {
        Host host = hosts.computeIfAbsent(hostOf(place.key()), absent -> new Host());
        host.places.add(place);
        host.pids.merge(pidOf(place.key()), 1, Integer::sum);
        size++;
    }

    private void forget(Place place, Host host) {
        store.delete(place.key());
        host.pids.computeIfPresent(pidOf(place.key()), (pid, count) -> count == 1 ? null : count - 1);
        size--;
    }

    private static String hostOf(String key) {
        return key.substring(0, key.lastIndexOf(PART, key.lastIndexOf(PART) - 1));
    }

    private static long pidOf(String key) {
        int end = key.lastIndexOf(PART);
        return Long.parseLong(key, key.lastIndexOf(PART, end - 1) + 1, end, 10);
    }

    /** In order of arrival. */
    private static final class Host {
        private final Queue<Place> places = new ArrayDeque<>();
        private final Map<Long, Integer> pids = new HashMap<>();
    }

    private record Place(long delivered, String key) {}
}
