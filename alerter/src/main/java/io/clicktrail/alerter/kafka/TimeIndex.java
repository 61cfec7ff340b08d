package io.clicktrail.alerter.kafka;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Keys in the order of the time when they are due. Several lists can share one store, as each store prolongs a start.
 */
final class TimeIndex {

    private final KeyValueStore<String, String> entries;
    private final String list;

    TimeIndex(KeyValueStore<String, String> entries) {
        this(entries, "");
    }

    /** @param list name of the list where the store holds several; no name is a prefix of another */
    TimeIndex(KeyValueStore<String, String> entries, String list) {
        this.entries = entries;
        this.list = list;
    }

    static StoreBuilder<KeyValueStore<String, String>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.String());
    }

    void add(long millis, String key) {
        entries.put(sortable(millis) + key, key);
    }

    /** Takes the keys out that are due; a key may occur more than once. */
    List<String> take(long now) {
        var due = new ArrayList<String>();
        try (var found = entries.range(list, sortable(now))) {
            while (found.hasNext()) {
                var entry = found.next();
                due.add(entry.value);
                entries.delete(entry.key);
            }
        }
        return due;
    }

    /** Sorts as the time does. */
    private String sortable(long millis) {
        return list + HexFormat.of().toHexDigits(Math.max(0, millis));
    }
}
