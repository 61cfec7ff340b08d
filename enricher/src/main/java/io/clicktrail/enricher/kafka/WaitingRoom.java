package io.clicktrail.enricher.kafka;

import io.clicktrail.evidence.Evidence;
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
 * Evidence without a host of its own, kept in a store until its grace is over, so that a lease that comes later can still
 * answer for it. The order of leaving is rebuilt from the store after a restart.
 */
final class WaitingRoom {

    private static final char PART = '\u0000';

    private final TimestampedKeyValueStore<String, Evidence> store;
    private final int capacity;
    private final StringSerializer keys = new StringSerializer();
    private final PriorityQueue<Place> order =
            new PriorityQueue<>(Comparator.comparingLong(Place::delivered).thenComparing(Place::storeKey));

    /** @param capacity greatest number of pieces of evidence, at least 1 */
    WaitingRoom(TimestampedKeyValueStore<String, Evidence> store, int capacity) {
        this.store = store;
        this.capacity = capacity;
        try (KeyValueIterator<String, ValueAndTimestamp<Evidence>> all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                order.add(new Place(entry.value.timestamp(), entry.key));
            }
        }
    }

    /**
     * Takes evidence in.
     *
     * @param delivered delivery time, milliseconds
     * @return false where the same event is in already
     */
    boolean enter(String key, Evidence evidence, long delivered) {
        String storeKey = key + PART + evidence.getEvent().getEventId();
        if (store.get(storeKey) != null) {
            return false;
        }
        store.put(storeKey, ValueAndTimestamp.make(evidence, delivered));
        order.add(new Place(delivered, storeKey));
        return true;
    }

    boolean isCrowded() {
        return order.size() > capacity;
    }

    /** The evidence that waits for a key, with its delivery times. */
    List<ValueAndTimestamp<Evidence>> waitingFor(String key) {
        List<ValueAndTimestamp<Evidence>> waiting = new ArrayList<>();
        try (KeyValueIterator<String, ValueAndTimestamp<Evidence>> entries = store.prefixScan(key + PART, keys)) {
            while (entries.hasNext()) {
                KeyValue<String, ValueAndTimestamp<Evidence>> entry = entries.next();
                waiting.add(entry.value);
            }
        }
        return waiting;
    }

    /** Takes the longest waiting evidence out if it was delivered before a time, milliseconds; null where none was. */
    @Nullable
    ValueAndTimestamp<Evidence> leave(long deliveredBefore) {
        Place first = order.peek();
        if (first == null || first.delivered() >= deliveredBefore) {
            return null;
        }
        order.remove();
        return store.delete(first.storeKey());
    }

    private record Place(long delivered, String storeKey) {}
}
