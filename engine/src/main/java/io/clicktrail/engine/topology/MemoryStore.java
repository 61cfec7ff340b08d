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
 * <p>A store with an overflow holds a bounded number of entries: when there are more, all of them are written there, so
 * that what is in use is in memory and what only waits for its expiry is not.
 *
 * <p>Iterators look the next key up each time, so the store may change meanwhile, as services expect of RocksDB.
 *
 * @param <K> comparable
 */
class MemoryStore<K, V> implements KeyValueStore<K, V> {

    private final String name;
    private final @Nullable Overflow<K, V> overflow;
    private final TreeMap<K, V> entries = new TreeMap<>();
    private int iterators;

    MemoryStore(String name, @Nullable Overflow<K, V> overflow) {
        this.name = name;
        this.overflow = overflow;
    }

    @Override
    public @Nullable V get(K key) {
        V value = entries.get(key);
        return value != null || overflow == null ? value : overflow.get(key);
    }

    @Override
    public void put(K key, @Nullable V value) {
        if (value == null) {
            remove(key);
            return;
        }
        entries.put(key, value);
        // An iterator would not find what goes to the disk after its start.
        if (overflow != null && entries.size() > overflow.kept() && iterators == 0) {
            overflow.write(entries);
            entries.clear();
        }
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        if (overflow == null) {
            return entries.putIfAbsent(key, value);
        }
        V known = get(key);
        if (known == null) {
            put(key, value);
        }
        return known;
    }

    @Override
    public void putAll(List<KeyValue<K, V>> all) {
        all.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public @Nullable V delete(K key) {
        V known = get(key);
        remove(key);
        return known;
    }

    private void remove(K key) {
        entries.remove(key);
        if (overflow != null) {
            overflow.delete(key);
        }
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        return new Entries(from, key -> to == null || compare(key, to) <= 0);
    }

    @Override
    public KeyValueIterator<K, V> all() {
        return new Entries(null, key -> true);
    }

    @Override
    @SuppressWarnings("unchecked") // prefixes of texts are texts; no service scans bytes
    public <S extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, S serializer) {
        if (!(prefix instanceof String text)) {
            throw new UnsupportedOperationException("a prefix of " + prefix.getClass());
        }
        return new Entries((K) text, key -> ((String) key).startsWith(text));
    }

    @Override
    public long approximateNumEntries() {
        return entries.size() + (overflow == null ? 0 : overflow.written());
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

    @SuppressWarnings("unchecked") // a TreeMap without comparator takes comparable keys only
    private int compare(K one, K other) {
        return ((Comparable<K>) one).compareTo(other);
    }

    /** Entries of the memory and of the disk in one order; where both have a key, that of the memory counts. */
    private final class Entries implements KeyValueIterator<K, V> {

        private final Predicate<K> within;
        private final Overflow<K, V>.@Nullable Cursor disk;
        private Map.@Nullable Entry<K, V> inMemory;
        private @Nullable KeyValue<K, V> next;
        private boolean isClosed;

        Entries(@Nullable K from, Predicate<K> within) {
            this.within = within;
            this.inMemory = from == null ? entries.firstEntry() : entries.ceilingEntry(from);
            this.disk = overflow == null ? null : overflow.from(from);
            iterators++;
            advance();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public KeyValue<K, V> next() {
            KeyValue<K, V> found = entry();
            if (inMemory != null && inMemory.getKey().equals(found.key)) {
                inMemory = entries.higherEntry(found.key);
            }
            advance();
            return found;
        }

        @Override
        public K peekNextKey() {
            return entry().key;
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                iterators--;
                if (disk != null) {
                    disk.close();
                }
            }
        }

        private void advance() {
            K onDisk = disk == null ? null : disk.peek();
            boolean isOnDisk = onDisk != null && (inMemory == null || compare(onDisk, inMemory.getKey()) < 0);
            if (disk != null && onDisk != null && inMemory != null && onDisk.equals(inMemory.getKey())) {
                disk.skip();
            }
            if (disk != null && isOnDisk) {
                next = disk.next();
            } else {
                next = inMemory == null ? null : KeyValue.pair(inMemory.getKey(), inMemory.getValue());
            }
            if (next != null && !within.test(next.key)) {
                next = null;
            }
        }

        private KeyValue<K, V> entry() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }
    }
}
