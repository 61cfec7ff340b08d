package io.clicktrail.engine.topology;

import io.clicktrail.schemas.StateSerdes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.internals.ValueAndTimestampSerde;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/**
 * What of one store is too much for memory, on disk. The serde of the values follows from the first of them: texts,
 * numbers or Avro, with or without a timestamp.
 *
 * @param <K> text or {@link Bytes}
 */
final class Overflow<K, V> {

    private final DiskEntries disk;
    private final byte[] prefix;
    private final int kept;
    private boolean isText;
    private long written;
    private @Nullable Serde<V> serde;
    private byte @Nullable [] greatest;

    /**
     * @param store name of the store, which keeps its entries apart from those of others on the same disk
     * @param kept the most entries that the store holds in memory, at least one
     */
    Overflow(DiskEntries disk, String store, int kept) {
        this.disk = disk;
        this.kept = kept;
        this.prefix = (store + '\u0000').getBytes(StandardCharsets.UTF_8);
    }

    /** The most entries that the store holds in memory. */
    int kept() {
        return kept;
    }

    @Nullable
    V get(K key) {
        byte[] stored = serde == null ? null : bytes(key);
        byte[] found = stored == null || isBeyond(stored) ? null : disk.get(stored);
        return found == null ? null : value(found);
    }

    /** Keys of what came last are asked for most often where they are in the order of time. */
    private boolean isBeyond(byte[] stored) {
        return greatest == null || Arrays.compareUnsigned(stored, greatest) > 0;
    }

    void delete(K key) {
        byte[] stored = serde == null ? null : bytes(key);
        if (stored != null && !isBeyond(stored)) {
            disk.delete(stored);
        }
    }

    /** Writes entries, which are at least one, in place of those with the same keys. */
    void write(SortedMap<K, V> entries) {
        if (serde == null) {
            serde = serdeOf(entries.firstEntry().getValue());
            isText = entries.firstKey() instanceof String;
        }
        List<DiskEntries.Entry> all = new ArrayList<>(entries.size());
        for (Map.Entry<K, V> each : entries.entrySet()) {
            all.add(new DiskEntries.Entry(
                    bytes(each.getKey()), serde.serializer().serialize("", each.getValue())));
        }
        disk.write(all);
        byte[] last = all.getLast().key();
        greatest = isBeyond(last) ? last : greatest;
        written += all.size();
    }

    /** How many entries were written; more than are there where some were written again or deleted. */
    long written() {
        return written;
    }

    /** The entries as they are now, in order, from a key on, or all. */
    Cursor from(@Nullable K key) {
        return new Cursor(serde == null ? null : disk.from(key == null ? prefix : bytes(key)));
    }

    /** Entries in the order of their keys' bytes. */
    final class Cursor implements AutoCloseable {

        private final @Nullable RocksIterator entries;
        private @Nullable K key;

        private Cursor(@Nullable RocksIterator entries) {
            this.entries = entries;
            this.key = keyHere();
        }

        /** The key of the next entry; null where there is none. */
        @Nullable
        K peek() {
            return key;
        }

        KeyValue<K, V> next() {
            if (entries == null || key == null) {
                throw new NoSuchElementException();
            }
            KeyValue<K, V> found = KeyValue.pair(key, value(entries.value()));
            skip();
            return found;
        }

        void skip() {
            if (entries != null && key != null) {
                entries.next();
                key = keyHere();
            }
        }

        @Override
        public void close() {
            if (entries != null) {
                entries.close();
            }
        }

        private @Nullable K keyHere() {
            byte[] stored = entries != null && entries.isValid() ? entries.key() : null;
            return stored != null && startsWithPrefix(stored) ? key(stored) : null;
        }
    }

    private boolean startsWithPrefix(byte[] stored) {
        for (int i = 0; i < prefix.length; i++) {
            if (i >= stored.length || stored[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private byte[] bytes(K key) {
        byte[] own = key instanceof Bytes given ? given.get() : ((String) key).getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[prefix.length + own.length];
        System.arraycopy(prefix, 0, all, 0, prefix.length);
        System.arraycopy(own, 0, all, prefix.length, own.length);
        return all;
    }

    @SuppressWarnings("unchecked") // keys are of one type
    private K key(byte[] stored) {
        int length = stored.length - prefix.length;
        if (isText) {
            return (K) new String(stored, prefix.length, length, StandardCharsets.UTF_8);
        }
        byte[] own = new byte[length];
        System.arraycopy(stored, prefix.length, own, 0, length);
        return (K) Bytes.wrap(own);
    }

    private V value(byte[] stored) {
        if (serde == null) {
            throw new IllegalStateException("nothing was written");
        }
        return serde.deserializer().deserialize("", stored);
    }

    @SuppressWarnings("unchecked") // values are of one type
    private static <T> Serde<T> serdeOf(T value) {
        return (Serde<T>)
                switch (value) {
                    case String text -> Serdes.String();
                    case Long number -> Serdes.Long();
                    case SpecificRecord avro -> new StateSerdes().of(avro.getClass());
                    case ValueAndTimestamp<?> timed -> new ValueAndTimestampSerde<>(serdeOf(timed.value()));
                    default -> throw new IllegalArgumentException("no serde for " + value.getClass());
                };
    }
}
