package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Evidence whose host is not known, or only by its short name, kept in a store until the grace is over. It waits for a
 * lease that names the host. Once emitted it is kept, so that a second delivery is recognised and so that it can be
 * emitted again under the qualified name; while that name may still come it is kept beyond the grace, as far as there
 * is room. Bounded by a number of pieces for each task. The queues in memory are rebuilt from the store at a restart.
 *
 * <p>Delivery time stops in a quiet partition, so each wait also ends by the wall clock, counted from the arrival of
 * the evidence.
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
    private final PriorityQueue<Place> bySettling = new PriorityQueue<>(BY_TIME);
    private final Queue<Place> byArrival = new ArrayDeque<>();
    private final PriorityQueue<Place> underShortNames = new PriorityQueue<>(BY_TIME);
    private int size;

    /**
     * @param capacity greatest number of pieces of evidence, at least 1
     * @param wallClock milliseconds of wall-clock time that have passed, from whatever start
     */
    PendingEvidenceStore(TimestampedKeyValueStore<String, Evidence> store, int capacity, long wallClock) {
        this.store = store;
        this.capacity = capacity;
        try (KeyValueIterator<String, ValueAndTimestamp<Evidence>> all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                long delivered = entry.value.timestamp();
                var place = new Place(delivered, entry.key, delivered);
                byDelivery.add(place);
                if (isWaiting(entry.value.value())) {
                    byNextLook.add(place);
                    bySettling.add(new Place(wallClock, entry.key, delivered));
                }
                byArrival.add(new Place(wallClock, entry.key, delivered));
                size++;
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
     * @param wallClock milliseconds of wall-clock time that have passed, from whatever start
     * @return what is already in of the same event; null where it is new
     */
    @Nullable
    Evidence enter(String key, Evidence evidence, long delivered, long wallClock) {
        String storeKey = storeKey(key, evidence);
        ValueAndTimestamp<Evidence> known = store.get(storeKey);
        if (known != null) {
            return known.value();
        }
        store.put(storeKey, ValueAndTimestamp.make(evidence, delivered));
        byDelivery.add(new Place(delivered, storeKey, delivered));
        byArrival.add(new Place(wallClock, storeKey, delivered));
        size++;
        return null;
    }

    /**
     * Asks for another look at evidence at a time.
     *
     * @param delivered delivery time of the evidence, milliseconds
     * @param time delivery time, milliseconds
     * @param wallClock milliseconds of wall-clock time that have passed, from whatever start
     */
    void lookAgain(String key, Evidence evidence, long delivered, long time, long wallClock) {
        String storeKey = storeKey(key, evidence);
        byNextLook.add(new Place(time, storeKey, delivered));
        bySettling.add(new Place(wallClock, storeKey, delivered));
    }

    /** Takes evidence of an event that is in for what is in. */
    void replace(String key, Evidence evidence) {
        String storeKey = storeKey(key, evidence);
        long delivered = store.get(storeKey).timestamp();
        store.put(storeKey, ValueAndTimestamp.make(evidence, delivered));
    }

    /** Remembers that evidence has gone on, in the form in which it went. */
    void gone(String key, Evidence located, long delivered) {
        store.put(storeKey(key, located), ValueAndTimestamp.make(located, delivered));
    }

    /** The evidence of a key that waits, and what of it has gone on, with delivery times. */
    List<ValueAndTimestamp<Evidence>> all(String key) {
        List<ValueAndTimestamp<Evidence>> all = new ArrayList<>();
        try (KeyValueIterator<String, ValueAndTimestamp<Evidence>> entries = store.prefixScan(key + PART, keys)) {
            while (entries.hasNext()) {
                all.add(entries.next().value);
            }
        }
        return all;
    }

    boolean isCrowded() {
        return size > capacity;
    }

    /** The next evidence to look at by a delivery time, milliseconds, if it still waits; null where none is due. */
    @Nullable
    Waiting nextLook(long time) {
        return next(byNextLook, time);
    }

    /** The next evidence to look at by the wall clock, milliseconds; null where none is due. */
    @Nullable
    Waiting nextSettled(long wallClock) {
        return next(bySettling, wallClock);
    }

    private @Nullable Waiting next(PriorityQueue<Place> places, long time) {
        for (Place first = places.peek(); first != null && first.time() <= time; first = places.peek()) {
            places.remove();
            @Nullable ValueAndTimestamp<Evidence> entry = find(first);
            if (entry != null && isWaiting(entry.value())) {
                return first.of(entry);
            }
        }
        return null;
    }

    /** Takes out what was delivered before a time, milliseconds; null where nothing was. */
    @Nullable
    Waiting leave(long deliveredBefore) {
        return leave(byDelivery, deliveredBefore);
    }

    /** Takes out what arrived before a time on the wall clock, milliseconds; null where nothing did. */
    @Nullable
    Waiting leaveOnClock(long arrivedBefore) {
        return leave(byArrival, arrivedBefore);
    }

    private @Nullable Waiting leave(Queue<Place> places, long before) {
        for (Place first = places.peek(); first != null && first.time() < before; first = places.peek()) {
            places.remove();
            @Nullable ValueAndTimestamp<Evidence> entry = find(first);
            if (entry != null && isUnderShortName(entry.value())) {
                underShortNames.add(new Place(first.delivered(), first.storeKey(), first.delivered()));
            } else if (entry != null) {
                store.delete(first.storeKey());
                size--;
                return first.of(entry);
            }
        }
        return null;
    }

    /** True for what has gone on under a name that may turn out not to be the qualified one of its host. */
    private static boolean isUnderShortName(Evidence evidence) {
        return !isWaiting(evidence) && LeaseClaims.isShortName(evidence.getHost());
    }

    /** Forgets what has gone on under short names and was delivered before a time, milliseconds. */
    void forget(long deliveredBefore) {
        for (Place first = underShortNames.peek();
                first != null && first.time() < deliveredBefore;
                first = underShortNames.peek()) {
            underShortNames.remove();
            if (find(first) != null) {
                store.delete(first.storeKey());
                size--;
            }
        }
    }

    /** Makes room: forgets the oldest of what has gone on under a short name; false where there is none. */
    boolean forgetOldest() {
        for (Place first = underShortNames.poll(); first != null; first = underShortNames.poll()) {
            if (find(first) != null) {
                store.delete(first.storeKey());
                size--;
                return true;
            }
        }
        return false;
    }

    /** The evidence of a place; null where it has left, also if the same came again. */
    private @Nullable ValueAndTimestamp<Evidence> find(Place place) {
        @Nullable ValueAndTimestamp<Evidence> entry = store.get(place.storeKey());
        return entry != null && entry.timestamp() == place.delivered() ? entry : null;
    }

    private static String storeKey(String key, Evidence evidence) {
        return key + PART + evidence.getEvent().getEventId();
    }

    /**
     * Evidence with the key by which it came.
     *
     * @param delivered delivery time, milliseconds
     */
    record Waiting(String key, Evidence evidence, long delivered) {}

    private record Place(long time, String storeKey, long delivered) {
        Waiting of(ValueAndTimestamp<Evidence> entry) {
            return new Waiting(storeKey.substring(0, storeKey.lastIndexOf(PART)), entry.value(), delivered);
        }
    }
}
