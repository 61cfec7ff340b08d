package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.identity.HomeFolders;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.event.Event;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.RecordCopy;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Names of the accounts of each host of which a sensor logs the uid or SID alone, as any of its events has shown them
 * by a home folder. An event that shows no home gets the name that an earlier one showed.
 *
 * <p>One entry for each host, with at most {@value #MAX_NAMES} names; more are refused and counted. What no event has
 * shown for {@link #KEPT} is forgotten.
 */
final class AccountNames {

    static final int MAX_NAMES = 16;
    static final Duration KEPT = Duration.ofDays(30);

    private static final Duration RENEWED = Duration.ofDays(7);
    private static final int MAX_CACHED = 20_000;
    private static final int SWEPT = 1_000;
    private static final String LINE = "\n";

    /** Neither an id nor a name of a folder in a path has it. */
    private static final char IS = '/';

    private final TimestampedKeyValueStore<String, String> store;
    private final Counter refused;
    private final LruCache<String, Known> cache = new LruCache<>(MAX_CACHED);
    private @Nullable String sweptTo;

    private record Known(String name, long shown) {}

    AccountNames(TimestampedKeyValueStore<String, String> store, Counter refused) {
        this.store = store;
        this.refused = refused;
    }

    /** Takes in what an event shows of its account. */
    void learn(String host, Event event, long time) {
        @Nullable String id = HomeFolders.unnamedAccount(event);
        if (id == null) {
            return;
        }
        Known known = cache.get(host + IS + id);
        if (known != null && time - known.shown < RENEWED.toMillis()) {
            return;
        }
        @Nullable String name = HomeFolders.owner(event);
        if (name == null) {
            return;
        }
        List<String> names = namesOf(host);
        names.removeIf(line -> line.startsWith(id + IS));
        if (names.size() >= MAX_NAMES) {
            refused.increment();
        } else {
            names.add(id + IS + name);
            store.put(host, ValueAndTimestamp.make(String.join(LINE, names), time));
        }
        cache.put(host + IS + id, new Known(name, time));
    }

    /** The evidence of an event with the name of its account, where the event itself does not show it. */
    Evidence named(String host, Event event, Evidence evidence) {
        @Nullable String id = HomeFolders.unnamedAccount(event);
        if (id == null || !id.equals(evidence.getUser())) {
            return evidence;
        }
        for (String line : namesOf(host)) {
            if (line.startsWith(id + IS)) {
                return RecordCopy.of(evidence)
                        .set("user", line.substring(id.length() + 1))
                        .build();
            }
        }
        return evidence;
    }

    void sweep(long now) {
        var old = new ArrayList<String>();
        int seen = 0;
        try (KeyValueIterator<String, ValueAndTimestamp<String>> rest = store.range(sweptTo, null)) {
            while (rest.hasNext() && seen++ < SWEPT) {
                KeyValue<String, ValueAndTimestamp<String>> entry = rest.next();
                sweptTo = entry.key;
                if (entry.value.timestamp() < now - KEPT.toMillis()) {
                    old.add(entry.key);
                }
            }
            sweptTo = rest.hasNext() ? sweptTo : null;
        }
        old.forEach(store::delete);
    }

    private List<String> namesOf(String host) {
        ValueAndTimestamp<String> known = store.get(host);
        return known == null
                ? new ArrayList<>()
                : new ArrayList<>(List.of(known.value().split(LINE)));
    }
}
