package io.clicktrail.enricher.history;

import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.HistoryKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of domains' past, by tenant key. One thread offers and removes, any number look up without a lock.
 * Bounded: what finds no place is refused.
 */
public final class DomainHistoryTable {

    /** Most sources that one tenant key can have. */
    public static final int MAX_SOURCES = 8;

    private static final char PART = ' ';
    private static final DomainHistory[] NOTHING = {};
    private static final Comparator<DomainHistory> ORDER =
            Comparator.comparing(DomainHistory::getKind).thenComparing(DomainHistory::getSource);

    private final int capacity;
    private final ConcurrentMap<String, DomainHistory[]> byTenant = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    /** @param capacity greatest number of entries, at least 1 */
    public DomainHistoryTable(int capacity) {
        this.capacity = capacity;
    }

    /** Key of an entry on its topic: tenant key, kind and source. */
    public static String key(DomainHistory entry) {
        return entry.getTenantKey() + PART + entry.getKind() + PART + entry.getSource();
    }

    /**
     * What a source says by now, with what it said before: the earliest first answer and first certificate stay, since
     * a later file begins later; a registration and a rank are replaced.
     */
    public static DomainHistory merged(@Nullable DomainHistory before, DomainHistory now) {
        boolean staysEarliest = now.getKind() == HistoryKind.RESOLUTION || now.getKind() == HistoryKind.CERTIFICATE;
        Instant since = before == null ? null : before.getSince();
        return !staysEarliest || since == null || now.getSince() == null || !since.isBefore(now.getSince())
                ? now
                : DomainHistory.newBuilder(now).setSince(since).build();
    }

    /**
     * Takes an entry, in place of what the same source said of the same kind.
     *
     * @return why it was refused; null where it was not
     */
    public @Nullable String offer(DomainHistory entry) {
        String problem = problem(entry);
        if (problem != null) {
            return problem;
        }
        DomainHistory[] known = byTenant.getOrDefault(entry.getTenantKey(), NOTHING);
        int at = indexOf(known, key(entry));
        if (at < 0 && known.length >= MAX_SOURCES) {
            return "there are " + MAX_SOURCES + " sources of " + entry.getTenantKey() + " already";
        }
        if (at < 0 && size.get() >= capacity) {
            return "there are " + capacity + " entries already";
        }
        var more = new ArrayList<>(List.of(known));
        if (at < 0) {
            more.add(entry);
            size.incrementAndGet();
        } else {
            more.set(at, merged(known[at], entry));
        }
        more.sort(ORDER);
        byTenant.put(entry.getTenantKey(), more.toArray(NOTHING));
        return null;
    }

    private static @Nullable String problem(DomainHistory entry) {
        return switch (entry.getKind()) {
            case UNKNOWN -> "the kind is not known";
            case REGISTRATION, RESOLUTION, CERTIFICATE -> entry.getSince() == null ? "there is no time" : null;
            case RANKING -> entry.getRank() == null || entry.getRank() < 1 ? "there is no rank from 1" : null;
        };
    }

    /** Takes an entry back, by its key on the topic. */
    public void remove(String key) {
        int end = key.indexOf(PART);
        DomainHistory[] known = end < 0 ? NOTHING : byTenant.getOrDefault(key.substring(0, end), NOTHING);
        int at = indexOf(known, key);
        if (at < 0) {
            return;
        }
        size.decrementAndGet();
        var fewer = new ArrayList<>(List.of(known));
        fewer.remove(at);
        if (fewer.isEmpty()) {
            byTenant.remove(key.substring(0, end));
        } else {
            byTenant.put(key.substring(0, end), fewer.toArray(NOTHING));
        }
    }

    /** Number of entries. */
    public int size() {
        return size.get();
    }

    /** True where anything is known of a tenant key, of whatever time. */
    public boolean knows(String tenantKey) {
        return byTenant.containsKey(tenantKey);
    }

    /**
     * What is known of a tenant key as of a time, by kind and source: nothing that began later, and no ranking that was
     * listed later.
     */
    public List<DomainHistory> asOf(String tenantKey, Instant time) {
        DomainHistory[] known = byTenant.getOrDefault(tenantKey, NOTHING);
        if (known.length == 0) {
            return List.of();
        }
        var then = new ArrayList<DomainHistory>(known.length);
        for (DomainHistory entry : known) {
            Instant from = entry.getKind() == HistoryKind.RANKING ? entry.getListed() : entry.getSince();
            if (from == null || !from.isAfter(time)) {
                then.add(entry);
            }
        }
        return List.copyOf(then);
    }

    private static int indexOf(DomainHistory[] known, String key) {
        for (int i = 0; i < known.length; i++) {
            if (key(known[i]).equals(key)) {
                return i;
            }
        }
        return -1;
    }
}
