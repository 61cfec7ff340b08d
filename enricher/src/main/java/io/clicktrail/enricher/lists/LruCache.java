package io.clicktrail.enricher.lists;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bounded memory of values by key that forgets the least recently used. What it forgets must be cheap to say or to
 * work out again. Not safe for several threads.
 */
public final class LruCache<K, V> extends LinkedHashMap<K, V> {

    private final int capacity;

    /** @param capacity greatest number of keys, at least 1 */
    public LruCache(int capacity) {
        super(Math.min(capacity, 1024), 0.75f, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
