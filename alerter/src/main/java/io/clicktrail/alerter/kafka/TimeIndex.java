package io.clicktrail.alerter.kafka;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Keys in the order of a time at which something is to be done about them. Several may lie in one store, for each store
 * prolongs a start.
 */
final class TimeIndex {

    private final KeyValueStore<String, String> entries;
    private final String matter;

    TimeIndex(KeyValueStore<String, String> entries) {
        this(entries, "");
    }

    /** @param matter what is to be done, where the store holds more than one list; none begins like another */
    TimeIndex(KeyValueStore<String, String> entries, String matter) {
        this.entries = entries;
        this.matter = matter;
    }

    static StoreBuilder<KeyValueStore<String, String>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.String());
    }

    void add(long millis, String key) {
        entries.put(sortable(millis) + key, key);
    }

    /** Takes the keys out whose time has come; a key may come more than once. */
    List<String> take(long now) {
        var due = new ArrayList<String>();
        try (var found = entries.range(matter, sortable(now))) {
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
        return matter + HexFormat.of().toHexDigits(Math.max(0, millis));
    }
}
