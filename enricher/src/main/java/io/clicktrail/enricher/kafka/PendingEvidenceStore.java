package io.clicktrail.enricher.kafka;

import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Evidence without a host of its own, kept in a store until its grace is over: first to wait for its host, and once it
 * has gone on, so that a second delivery is known for one. Both orders are rebuilt from the store after a restart.
 */
final class PendingEvidenceStore {

    private static final char PART = '\u0000';
    private static final Comparator<Place> BY_TIME =
            Comparator.comparingLong(Place::time).thenComparing(Place::storeKey);

    private final TimestampedKeyValueStore<String, Evidence> store;
    private final int capacity;
    private final StringSerializer keys = new StringSerializer();
    private final PriorityQueue<Place> byDelivery = new PriorityQueue<>(BY_TIME);
    private final PriorityQueue<Place> byNextLook = new PriorityQueue<>(BY_TIME);

    /** @param capacity greatest number of pieces of evidence, at least 1 */
    PendingEvidenceStore(TimestampedKeyValueStore<String, Evidence> store, int capacity) {
        this.store = store;
        this.capacity = capacity;
        try (KeyValueIterator<String, ValueAndTimestamp<Evidence>> all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                var place = new Place(entry.value.timestamp(), entry.key);
                byDelivery.add(place);
                if (isWaiting(entry.value.value())) {
                    byNextLook.add(place);
                }
            }
        }
    }

    /** True for evidence whose host is not decided yet; false for what has gone on. */
    static boolean isWaiting(Evidence evidence) {
        return evidence.getHostVia() == HostVia.UNRESOLVED;
    }

    /**
     * Takes evidence in.
     *
     * @param delivered delivery time, milliseconds
     * @return what is already in of the same event; null where it is new
     */
    @Nullable
    Evidence enter(String key, Evidence evidence, long delivered) {
        String storeKey = storeKey(key, evidence);
        ValueAndTimestamp<Evidence> known = store.get(storeKey);
        if (known != null) {
            return known.value();
        }
        store.put(storeKey, ValueAndTimestamp.make(evidence, delivered));
        byDelivery.add(new Place(delivered, storeKey));
        return null;
    }

    /** Asks for another look at evidence at a time, milliseconds. */
    void lookAgain(String key, Evidence evidence, long time) {
        byNextLook.add(new Place(time, storeKey(key, evidence)));
    }

    /** Remembers that evidence has gone on, in the form in which it went. */
    void gone(String key, Evidence located, long delivered) {
        store.put(storeKey(key, located), ValueAndTimestamp.make(located, delivered));
    }

    boolean isCrowded() {
        return byDelivery.size() > capacity;
    }

    /** The evidence that waits for a key, with its delivery times. */
    List<ValueAndTimestamp<Evidence>> waitingFor(String key) {
        List<ValueAndTimestamp<Evidence>> waiting = new ArrayList<>();
        try (KeyValueIterator<String, ValueAndTimestamp<Evidence>> entries = store.prefixScan(key + PART, keys)) {
            while (entries.hasNext()) {
                KeyValue<String, ValueAndTimestamp<Evidence>> entry = entries.next();
                if (isWaiting(entry.value.value())) {
                    waiting.add(entry.value);
                }
            }
        }
        return waiting;
    }

    /** The next evidence to look at by a time, milliseconds, if it still waits; null where none is due. */
    @Nullable
    ValueAndTimestamp<Evidence> nextLook(long time) {
        for (Place first = byNextLook.peek(); first != null && first.time() <= time; first = byNextLook.peek()) {
            byNextLook.remove();
            ValueAndTimestamp<Evidence> entry = store.get(first.storeKey());
            if (entry != null && isWaiting(entry.value())) {
                return entry;
            }
        }
        return null;
    }

    /** Takes out what was delivered before a time, milliseconds; null where nothing was. */
    @Nullable
    ValueAndTimestamp<Evidence> leave(long deliveredBefore) {
        Place first = byDelivery.peek();
        if (first == null || first.time() >= deliveredBefore) {
            return null;
        }
        byDelivery.remove();
        return store.delete(first.storeKey());
    }

    private static String storeKey(String key, Evidence evidence) {
        return key + PART + evidence.getEvent().getEventId();
    }

    private record Place(long time, String storeKey) {}
}
