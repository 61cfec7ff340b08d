package io.clicktrail.engine.topology;

import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** A {@link MemoryStore} of values with their timestamps. */
final class TimestampedMemoryStore<K, V> extends MemoryStore<K, ValueAndTimestamp<V>>
        implements TimestampedKeyValueStore<K, V> {

    TimestampedMemoryStore(String name, @Nullable Overflow<K, ValueAndTimestamp<V>> overflow) {
        super(name, overflow);
    }
}
