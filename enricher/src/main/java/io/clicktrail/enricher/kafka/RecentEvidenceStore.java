package io.clicktrail.enricher.kafka;

import io.clicktrail.evidence.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The recent evidence of one task in the order of delivery, kept so that intel that comes later can still raise it.
 * Bounded in number and time; the oldest goes first.
 */
final class RecentEvidenceStore {

    private static final char PART = '\u0000';
    private static final int DIGITS = 19;
    private static final int MAX_REMOVED = 10_000;

    private final KeyValueStore<String, Evidence> store;
    private final int capacity;
    private int size;
    private @Nullable String lookedAt;

    /** @param capacity greatest number of pieces of evidence, at least 1 */
    RecentEvidenceStore(KeyValueStore<String, Evidence> store, int capacity) {
        this.store = store;
        this.capacity = capacity;
        try (KeyValueIterator<String, Evidence> all = store.all()) {
            while (all.hasNext()) {
                all.next();
                size++;
            }
        }
    }

    /** @param delivered delivery time, milliseconds */
    void keep(Evidence evidence, long delivered) {
        String key = timeKey(delivered) + PART + evidence.getEvent().getEventId();
        if (store.putIfAbsent(key, evidence) == null) {
            size++;
        } else {
            store.put(key, evidence);
        }
    }

    /**
     * Removes what was delivered before a time, and the oldest of what is too much.
     *
     * @param time delivery time, milliseconds
     * @return how much had to go before its time
     */
    int forget(long time) {
        String end = timeKey(time);
        List<String> gone = new ArrayList<>();
        int early = 0;
        try (KeyValueIterator<String, Evidence> oldest = store.all()) {
            while (oldest.hasNext() && gone.size() < MAX_REMOVED) {
                String key = oldest.next().key;
                boolean over = key.compareTo(end) < 0;
                if (!over && size - gone.size() <= capacity) {
                    break;
                }
                early += over ? 0 : 1;
                gone.add(key);
            }
        }
        gone.forEach(store::delete);
        size -= gone.size();
        return early;
    }

    /** Begins a round over all that is remembered. */
    void begin() {
        lookedAt = "";
    }

    boolean isUnderWay() {
        return lookedAt != null;
    }

    /**
     * Looks at the next stretch of the round.
     *
     * @param change gives evidence in its new form, the same instance where nothing changes
     * @return what changed, with delivery times
     */
    List<ValueAndTimestamp<Evidence>> look(int most, UnaryOperator<Evidence> change) {
        Map<String, Evidence> changed = new LinkedHashMap<>();
        int seen = 0;
        try (KeyValueIterator<String, Evidence> rest = store.range(lookedAt, null)) {
            while (rest.hasNext() && seen++ < most) {
                KeyValue<String, Evidence> entry = rest.next();
                lookedAt = entry.key + PART;
                Evidence after = change.apply(entry.value);
                if (after != entry.value) {
                    changed.put(entry.key, after);
                }
            }
            if (!rest.hasNext()) {
                lookedAt = null;
            }
        }
        List<ValueAndTimestamp<Evidence>> all = new ArrayList<>(changed.size());
        changed.forEach((key, evidence) -> {
            store.put(key, evidence);
            all.add(ValueAndTimestamp.make(evidence, Long.parseLong(key.substring(0, DIGITS))));
        });
        return all;
    }

    private static String timeKey(long millis) {
        String digits = Long.toString(Math.max(0, millis));
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
