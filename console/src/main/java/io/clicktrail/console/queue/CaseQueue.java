package io.clicktrail.console.queue;

import io.clicktrail.alerter.text.UserNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All cases in the order in which an analyst takes them.
 *
 * <p>Three indexes hold the rows: by id, by {@link QueueKey}, and by each name that cases share (host, user, domain,
 * campaign, file hash). A page is read from the key after which it starts, in the smallest index that its filter
 * allows, so its cost grows with the page and the rows that its filter skips, not with the pages before it.
 */
public final class CaseQueue {

    /** Most rows of a page. */
    public static final int MAX_PAGE = 50;

    private static final int MAX_RELATED = 20;

    private final int maxCases;
    private final Map<String, CaseRow> byId = new HashMap<>();
    private final NavigableMap<QueueKey, CaseRow> ordered = new TreeMap<>();
    private final Map<String, NavigableMap<QueueKey, CaseRow>> shared = new HashMap<>();

    /** @param maxCases beyond which the last of the order leave */
    public CaseQueue(int maxCases) {
        this.maxCases = maxCases;
    }

    /** A page. @param next the key after which the next page starts; null for the last page */
    public record Page(List<CaseRow> rows, @Nullable String next) {}

    /** How many cases there are. */
    public record Counts(int open, int closed) {}

    /** Takes a revision in place of the earlier one. */
    public synchronized void put(CaseRow row) {
        remove(row.alertId());
        byId.put(row.alertId(), row);
        QueueKey key = QueueKey.of(row);
        ordered.put(key, row);
        names(row)
                .keySet()
                .forEach(name ->
                        shared.computeIfAbsent(name, absent -> new TreeMap<>()).put(key, row));
        if (byId.size() > maxCases) {
            remove(ordered.lastEntry().getValue().alertId());
        }
    }

    /** Removes a case. */
    public synchronized void remove(String alertId) {
        CaseRow row = byId.remove(alertId);
        if (row == null) {
            return;
        }
        QueueKey key = QueueKey.of(row);
        ordered.remove(key);
        for (String name : names(row).keySet()) {
            NavigableMap<QueueKey, CaseRow> rows = shared.get(name);
            if (rows != null) {
                rows.remove(key);
                if (rows.isEmpty()) {
                    shared.remove(name);
                }
            }
        }
    }

    public synchronized boolean contains(String alertId) {
        return byId.containsKey(alertId);
    }

    /** The rows that a query selects at a time, from the key after which it starts. */
    public synchronized Page page(QueueQuery query, Instant now) {
        NavigableMap<QueueKey, CaseRow> rows = smallest(query);
        QueueKey after = QueueKey.parse(query.after());
        if (after != null) {
            rows = rows.tailMap(after, false);
        }
        var page = new ArrayList<CaseRow>();
        for (Map.Entry<QueueKey, CaseRow> entry : rows.entrySet()) {
            if (query.selects(entry.getValue(), now)) {
                if (page.size() == MAX_PAGE) {
                    return new Page(page, QueueKey.of(page.getLast()).toString());
                }
                page.add(entry.getValue());
            }
        }
        return new Page(page, null);
    }

    /** Other cases that share a name with this one, with what they share. */
    public synchronized Map<CaseRow, List<String>> related(String alertId) {
        CaseRow row = byId.get(alertId);
        var related = new LinkedHashMap<CaseRow, List<String>>();
        if (row == null) {
            return related;
        }
        names(row).forEach((name, kind) -> {
            if (kind.equals("user") && UserNames.isOfOneHost(row.user())) {
                return;
            }
            for (CaseRow other : shared.getOrDefault(name, new TreeMap<>()).values()) {
                boolean known = related.containsKey(other);
                if (!other.alertId().equals(alertId) && (known || related.size() < MAX_RELATED)) {
                    related.computeIfAbsent(other, absent -> new ArrayList<>()).add(kind);
                } else if (related.size() >= MAX_RELATED && !known) {
                    break;
                }
            }
        });
        return related;
    }

    /** Counts over all cases. */
    public synchronized Counts counts() {
        int open = ordered.headMap(QueueKey.FIRST_CLOSED, false).size();
        return new Counts(open, byId.size() - open);
    }

    private NavigableMap<QueueKey, CaseRow> smallest(QueueQuery query) {
        NavigableMap<QueueKey, CaseRow> smallest = ordered;
        for (String name : query.names()) {
            NavigableMap<QueueKey, CaseRow> rows = shared.getOrDefault(name, new TreeMap<>());
            if (rows.size() < smallest.size()) {
                smallest = rows;
            }
        }
        return smallest;
    }

    private static Map<String, String> names(CaseRow row) {
        var names = new LinkedHashMap<String, String>();
        name(names, "host", row.host());
        name(names, "user", row.user());
        name(names, "domain", row.domain());
        name(names, "campaign", row.campaign());
        row.hashes().forEach(hash -> name(names, "hash", hash));
        return names;
    }

    private static void name(Map<String, String> names, String kind, String value) {
        if (!value.isEmpty()) {
            names.put(kind + ":" + value, kind);
        }
    }
}
