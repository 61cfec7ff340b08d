package io.clicktrail.normalizer.assembly;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events are open, since when and how large, the oldest first: so that expired events are found without reading
 * them all.
 */
public final class OpenEventIndex {

    private record Entry(long openedMillis, int bytes) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    /** Notes an event as it now is. */
    public void put(String key, OpenEvent event) {
        Entry entry = new Entry(event.openedMillis(), event.bytes());
        Entry before = entries.put(key, entry);
        bytes += entry.bytes() - (before == null ? 0 : before.bytes());
    }

    /** Forgets an event. */
    public void remove(String key) {
        Entry before = entries.remove(key);
        bytes -= before == null ? 0 : before.bytes();
    }

    /** The oldest event, or null where none is open. */
    public @Nullable String oldest() {
        return entries.isEmpty() ? null : entries.keySet().iterator().next();
    }

    /** When an open event was opened, ms since 1970. */
    public long openedMillis(String key) {
        Entry entry = entries.get(key);
        return entry == null ? Long.MAX_VALUE : entry.openedMillis();
    }

    public int size() {
        return entries.size();
    }

    public long bytes() {
        return bytes;
    }
}
