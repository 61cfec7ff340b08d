package io.clicktrail.alerter.kafka;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Keys in the order of a time at which something is to be done about them. */
final class TimeIndex {

    private final KeyValueStore<String, String> entries;

    TimeIndex(KeyValueStore<String, String> entries) {
        this.entries = entries;
    }

    static StoreBuilder<KeyValueStore<String, String>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.String());
    }

    void add(long millis, String key) {
        entries.put(sortable(Math.max(0, millis)) + key, key);
    }

    /** Takes the keys out whose time has come; a key may come more than once. */
    List<String> take(long now) {
        var due = new ArrayList<String>();
        try (var found = entries.range("", sortable(Math.max(0, now)))) {
            while (found.hasNext()) {
                var entry = found.next();
                due.add(entry.value);
                entries.delete(entry.key);
            }
        }
        return due;
    }

    /** Sorts as the time does. */
    private static String sortable(long millis) {
        return HexFormat.of().toHexDigits(millis);
    }
}
