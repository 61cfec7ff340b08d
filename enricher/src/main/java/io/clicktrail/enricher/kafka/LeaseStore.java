package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.identity.AddressLeases;
import io.clicktrail.enricher.identity.ClaimLimits;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.identity.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The lease store of one task: one entry for each claim with the time of its delivery, so that a claim costs one small
 * write; books in use are kept in memory. {@link ClaimLimits} bounds the claims of a key; what ended long ago is
 * removed.
 */
final class LeaseStore {

    /** How long after its end a claim still answers for late events, in delivery time. */
    static final Duration KEPT_AFTER_END = Duration.ofHours(24);

    private static final char PART = '\u0000';
    private static final char AWAITING = '\u0001';
    private static final int MAX_AWAITING = 64;
    private static final int MAX_BOOKS = 20_000;
    private static final int SWEEP = 2_000;

    private final TimestampedKeyValueStore<String, Lease> store;
    private final StringSerializer keys = new StringSerializer();
    private final LruCache<String, AddressLeases> books = new LruCache<>(MAX_BOOKS);
    private @Nullable String sweptTo;

    LeaseStore(TimestampedKeyValueStore<String, Lease> store) {
        this.store = store;
    }

    AddressLeases book(String key) {
        AddressLeases known = books.get(key);
        if (known == null) {
            known = AddressLeases.of(all(key + PART));
            books.put(key, known);
        }
        return known;
    }

    /**
     * @param delivered delivery time of the claim, milliseconds
     * @param now delivery time of the latest record
     * @return number of claims on the key that had to go, as they were too many
     */
    int add(Lease lease, long delivered, Instant now) {
        store.putIfAbsent(storeKey(lease), ValueAndTimestamp.make(lease, delivered));
        List<ClaimLimits.Delivered> claims = new ArrayList<>();
        try (var entries = store.prefixScan(lease.getKey() + PART, keys)) {
            while (entries.hasNext()) {
                ValueAndTimestamp<Lease> entry = entries.next().value;
                if (isOver(entry.value(), now)) {
                    store.delete(storeKey(entry.value()));
                } else {
                    claims.add(new ClaimLimits.Delivered(entry.value(), entry.timestamp()));
                }
            }
        }
        List<Lease> surplus = ClaimLimits.surplus(claims);
        surplus.forEach(claim -> store.delete(storeKey(claim)));
        books.remove(lease.getKey());
        return surplus.size();
    }

    /**
     * When a host was first seen under a name of its own, delivery time in milliseconds. The first call for a name
     * remembers the time that it is given.
     */
    long firstSeenAs(String name, long delivered) {
        var claim = new Lease(
                name,
                name,
                Instant.EPOCH,
                Instant.ofEpochMilli(delivered).plus(AddressLeases.NAMED),
                "",
                null,
                false,
                null);
        ValueAndTimestamp<Lease> known = store.get(storeKey(claim));
        if (known == null) {
            store.put(storeKey(claim), ValueAndTimestamp.make(claim, delivered));
            return delivered;
        }
        Instant end = AddressLeases.end(known.value());
        if (end.isBefore(Instant.ofEpochMilli(delivered).plus(AddressLeases.NAMED.dividedBy(2)))) {
            store.put(storeKey(claim), ValueAndTimestamp.make(claim, known.timestamp()));
        }
        return known.timestamp();
    }

    /** Keeps what waits for claims on its key: that somebody worked from an address, or the question for a name. */
    void await(Lease claim, long delivered) {
        store.put(awaitingKey(claim), ValueAndTimestamp.make(claim, delivered));
        List<Lease> waiting = awaiting(claim.getKey());
        for (int i = 0; i < waiting.size() - MAX_AWAITING; i++) {
            store.delete(awaitingKey(waiting.get(i)));
        }
    }

    /** What waits for claims on a key, in order of time. */
    List<Lease> awaiting(String key) {
        return all(key + AWAITING);
    }

    void answered(Lease claim) {
        store.delete(awaitingKey(claim));
    }

    /** Removes ended claims from the next stretch of the store. */
    void sweep(Instant now) {
        List<KeyValue<String, Lease>> over = new ArrayList<>();
        int seen = 0;
        try (KeyValueIterator<String, ValueAndTimestamp<Lease>> rest = store.range(sweptTo, null)) {
            while (rest.hasNext() && seen++ < SWEEP) {
                var entry = rest.next();
                sweptTo = entry.key;
                if (isOver(entry.value.value(), now)) {
                    over.add(KeyValue.pair(entry.key, entry.value.value()));
                }
            }
            if (!rest.hasNext()) {
                sweptTo = null;
            }
        }
        for (KeyValue<String, Lease> entry : over) {
            store.delete(entry.key);
            books.remove(entry.value.getKey());
        }
    }

    private List<Lease> all(String prefix) {
        List<Lease> claims = new ArrayList<>();
        try (KeyValueIterator<String, ValueAndTimestamp<Lease>> entries = store.prefixScan(prefix, keys)) {
            while (entries.hasNext()) {
                claims.add(entries.next().value.value());
            }
        }
        return claims;
    }

    private static boolean isOver(Lease claim, Instant now) {
        return AddressLeases.end(claim).plus(KEPT_AFTER_END).isBefore(now);
    }

    /** Claims of one key stand together and in order of time. */
    private static String storeKey(Lease lease) {
        return lease.getKey() + PART + time(lease) + PART + lease.getHost() + (lease.getOwn() ? PART : "");
    }

    private static String awaitingKey(Lease claim) {
        String who = LeaseClaims.isPresence(claim) ? String.valueOf(claim.getUser()) : claim.getHost();
        return claim.getKey() + AWAITING + time(claim) + AWAITING + who;
    }

    private static String time(Lease lease) {
        String millis = Long.toString(Math.max(0, lease.getFrom().toEpochMilli()));
        return "0".repeat(19 - millis.length()) + millis;
    }
}
