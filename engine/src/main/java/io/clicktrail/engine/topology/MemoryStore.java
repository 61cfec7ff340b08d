package io.clicktrail.engine.topology;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A sorted key-value store that holds the objects themselves. Keys are texts or bytes in their natural order, which is
 * that of the services' serialized keys for all but texts beyond the Basic Multilingual Plane.
 *
 * <p>Iterators look the next key up each time, so the store may change meanwhile, as services expect of RocksDB.
 *
 * @param <K> comparable
 */
class MemoryStore<K, V> implements KeyValueStore<K, V> {

    private final String name;
    private final TreeMap<K, V> entries = new TreeMap<>();

    MemoryStore(String name) {
        this.name = name;
    }

    @Override
    public @Nullable V get(K key) {
        return entries.get(key);
    }

    @Override
    public void put(K key, @Nullable V value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        return entries.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<K, V>> all) {
        all.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public @Nullable V delete(K key) {
        return entries.remove(key);
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return new Entries(
                from == null ? firstEntry() : entries.ceilingEntry(from), key -> to == null || compare(key, to) <= 0);
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return new Entries(firstEntry(), key -> true);
    }

    @Override
    @SuppressWarnings("unchecked") // prefixes of texts are texts; no service scans bytes
    public <S extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, S serializer) {
        if (!(prefix instanceof String text)) {
            throw new UnsupportedOperationException("a prefix of " + prefix.getClass());
        }
        return new Entries(entries.ceilingEntry((K) text), key -> ((String) key).startsWith(text));
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // Ready from the start.
    }

    @Override
    public void close() {
        entries.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private Map.@Nullable Entry<K, V> firstEntry() {
        return entries.firstEntry();
    }

    @SuppressWarnings("unchecked") // a TreeMap without comparator takes comparable keys only
    private int compare(K one, K other) {
        return ((Comparable<K>) one).compareTo(other);
    }

    private final class Entries implements KeyValueIterator<K, V> {

        private final Predicate<K> within;
        private Map.@Nullable Entry<K, V> next;

        Entries(Map.@Nullable Entry<K, V> first, Predicate<K> within) {
            this.within = within;
            this.next = first != null && within.test(first.getKey()) ? first : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public KeyValue<K, V> next() {
            Map.Entry<K, V> entry = entry();
            Map.Entry<K, V> higher = entries.higherEntry(entry.getKey());
            next = higher != null && within.test(higher.getKey()) ? higher : null;
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }

        @Override
        public K peekNextKey() {
            return entry().getKey();
        }

        @Override
        public void close() {
            next = null;
        }

        private Map.Entry<K, V> entry() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }
    }
}
