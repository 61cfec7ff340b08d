package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.identity.AddressLeases;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.identity.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The lease store of one task: one entry for each claim, so that a claim costs one small write; books in use are kept
 * in memory. A key holds a bounded number of claims, the oldest go first; what ended long ago is removed.
 */
final class LeaseStore {

    /** More than half a day of refreshes from two hosts. */
    static final int MAX_CLAIMS = 256;

    /** How long after its end a claim still answers for late events, in delivery time. */
    static final Duration KEPT_AFTER_END = Duration.ofHours(24);

    private static final char PART = '\u0000';
    private static final char PRESENCE = '\u0001';
    private static final int MAX_PRESENCES = 64;
    private static final int MAX_BOOKS = 20_000;
    private static final int SWEEP = 2_000;

    private final KeyValueStore<String, Lease> store;
    private final StringSerializer keys = new StringSerializer();
    private final LruCache<String, AddressLeases> books = new LruCache<>(MAX_BOOKS);
    private @Nullable String sweptTo;

    LeaseStore(KeyValueStore<String, Lease> store) {
        this.store = store;
    }

    AddressLeases book(String key) {
        AddressLeases known = books.get(key);
        if (known == null) {
            known = AddressLeases.of(claims(key));
            books.put(key, known);
        }
        return known;
    }

    /** @param now delivery time */
    void add(Lease lease, Instant now) {
        store.put(storeKey(lease), lease);
        List<Lease> claims = claims(lease.getKey());
        int surplus = claims.size() - MAX_CLAIMS;
        for (Lease claim : claims) {
            if (surplus > 0 || isOver(claim, now)) {
                store.delete(storeKey(claim));
                surplus--;
            }
        }
        books.remove(lease.getKey());
    }

    /** Keeps a claim that somebody worked from an address until the address's host is known. */
    void await(Lease presence) {
        store.put(presenceKey(presence), presence);
        List<Lease> waiting = presences(presence.getKey());
        for (int i = 0; i < waiting.size() - MAX_PRESENCES; i++) {
            store.delete(presenceKey(waiting.get(i)));
        }
    }

    /** Claims that somebody worked from an address, in order of time. */
    List<Lease> presences(String key) {
        return all(key + PRESENCE);
    }

    void placed(Lease presence) {
        store.delete(presenceKey(presence));
    }

    /** Removes ended claims from the next stretch of the store. */
    void sweep(Instant now) {
        List<Lease> over = new ArrayList<>();
        int seen = 0;
        try (KeyValueIterator<String, Lease> rest = store.range(sweptTo, null)) {
            while (rest.hasNext() && seen++ < SWEEP) {
                var entry = rest.next();
                sweptTo = entry.key;
                if (isOver(entry.value, now)) {
                    over.add(entry.value);
                }
            }
            if (!rest.hasNext()) {
                sweptTo = null;
            }
        }
        for (Lease lease : over) {
            store.delete(LeaseClaims.isPresence(lease) ? presenceKey(lease) : storeKey(lease));
            books.remove(lease.getKey());
        }
    }

    private List<Lease> claims(String key) {
        return all(key + PART);
    }

    private List<Lease> all(String prefix) {
        List<Lease> claims = new ArrayList<>();
        try (KeyValueIterator<String, Lease> entries = store.prefixScan(prefix, keys)) {
            while (entries.hasNext()) {
                claims.add(entries.next().value);
            }
        }
        return claims;
    }

    private static boolean isOver(Lease claim, Instant now) {
        return AddressLeases.end(claim).plus(KEPT_AFTER_END).isBefore(now);
    }

    /** Claims of one key stand together and in order of time. */
    private static String storeKey(Lease lease) {
        return lease.getKey() + PART + time(lease) + PART + lease.getHost();
    }

    private static String presenceKey(Lease presence) {
        return presence.getKey() + PRESENCE + time(presence) + PRESENCE + presence.getUser();
    }

    private static String time(Lease lease) {
        String millis = Long.toString(Math.max(0, lease.getFrom().toEpochMilli()));
        return "0".repeat(19 - millis.length()) + millis;
    }
}
