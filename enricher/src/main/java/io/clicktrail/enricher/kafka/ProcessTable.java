package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.enricher.process.StartedProcess;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The processes of each host by pid, for events that know a parent or an actor by its pid alone.
 *
 * <p><b>Order.</b> Who had a pid at a time is the latest start of that pid until then, whichever was delivered first.
 * So a pid keeps all its starts of the last {@code lateness} beside the one before them, and also the start of what
 * says nothing as a parent, and the end of what was kept, as the absence of a process.
 *
 * <p><b>Bounds.</b> A host has {@value #SLOTS} slots of {@value #STARTS} starts, each of at most about 1 kB; a pid's
 * slot is its remainder. A full slot gives up absences first, and programs that people follow links from last. Nothing
 * is kept longer than {@link #KEPT} of event time.
 *
 * <p><b>Cost.</b> Few pids of an ordinary event have a slot. Which slots of a host are taken is therefore kept in
 * memory for {@value #MAX_HOSTS} hosts, at most 10 MB, and the store is asked only for those; a host that is not among
 * them is read from the store, in one range.
 */
final class ProcessTable {

    static final int SLOTS = 512;
    static final int STARTS = 6;
    static final Duration KEPT = Duration.ofDays(7);

    private static final char PART = '\u0000';
    private static final char AFTER_PART = '\u0001';
    private static final int SWEPT = 2_000;
    private static final int MAX_HOSTS = 50_000;

    private final KeyValueStore<String, List<Process>> store;
    private final LruCache<String, BitSet> taken = new LruCache<>(MAX_HOSTS);
    private @Nullable String sweptTo;

    ProcessTable(KeyValueStore<String, List<Process>> store) {
        this.store = store;
    }

    /** All that is known of the slot of a pid, in order of time. */
    List<Process> startsOf(String host, long pid) {
        int slot = Math.floorMod(pid, SLOTS);
        @Nullable List<Process> starts = taken(host).get(slot) ? store.get(key(host, slot)) : null;
        return starts == null ? List.of() : starts;
    }

    /**
     * Takes in the start or the end of a process.
     *
     * @param before what was known of the slot of its pid
     * @param lateness by how much events can come late
     * @return what is known now; the same list where that is no more
     */
    List<Process> learn(
            String host,
            Event event,
            List<Process> before,
            Platform platform,
            CompiledTuning tuning,
            Duration lateness) {
        Process process = event.getProcess();
        boolean isStart = event.getKind() == EventKind.PROCESS_START;
        boolean isKept = isStart && StartedProcess.isKept(platform, process, tuning.processes(), tuning.userPaths());
        // A sensor that names parents by pid alone will ask for this pid too.
        boolean isWorthIt = isKept || isStart && StartedProcess.asksForParent(event) || holds(before, process.getPid());
        if (!isWorthIt) {
            return before;
        }
        StartedProcess start = isKept ? StartedProcess.of(event) : StartedProcess.absence(event);
        if (before.stream().anyMatch(start::isSame)) {
            return before;
        }
        List<Process> now = new ArrayList<>(before);
        int i = now.size();
        while (i > 0 && now.get(i - 1).getStart().isAfter(start.started().getStart())) {
            i--;
        }
        now.add(i, start.started());
        forgetOver(now, now.getLast().getStart().minus(lateness));
        while (now.size() > STARTS) {
            giveUpOne(now, platform, tuning);
        }
        put(host, Math.floorMod(process.getPid(), SLOTS), now);
        return now;
    }

    /** Forgets old starts of the next stretch of the store. */
    void sweep(Instant now, Duration lateness) {
        List<KeyValue<String, List<Process>>> swept = new ArrayList<>();
        try (KeyValueIterator<String, List<Process>> rest = store.range(sweptTo, null)) {
            while (rest.hasNext() && swept.size() < SWEPT) {
                swept.add(rest.next());
            }
            sweptTo = rest.hasNext() ? swept.getLast().key : null;
        }
        for (KeyValue<String, List<Process>> entry : swept) {
            List<Process> left = new ArrayList<>(entry.value);
            left.removeIf(start -> start.getStart().isBefore(now.minus(KEPT)));
            forgetOver(left, now.minus(lateness));
            if (left.size() != entry.value.size()) {
                put(entry.key.substring(0, entry.key.lastIndexOf(PART)), slot(entry.key), left);
            }
        }
    }

    private static boolean holds(List<Process> starts, Long pid) {
        for (Process start : starts) {
            if (start.getPid().equals(pid)) {
                return true;
            }
        }
        return false;
    }

    /** Forgets what nobody asks for any more, as no event of before a time will come. */
    private static void forgetOver(List<Process> starts, Instant time) {
        for (int i = starts.size() - 1; i >= 0; i--) {
            Process start = starts.get(i);
            if (!start.getStart().isAfter(time)) {
                i -= forgetEarlier(starts, i);
                if (start.getExecutable() == null) {
                    starts.remove(i);
                }
            }
        }
    }

    /** Forgets the starts of the same pid before one. */
    private static int forgetEarlier(List<Process> starts, int of) {
        Long pid = starts.get(of).getPid();
        int forgotten = 0;
        for (int i = of - 1; i >= 0; i--) {
            if (starts.get(i).getPid().equals(pid)) {
                starts.remove(i);
                forgotten++;
            }
        }
        return forgotten;
    }

    private static void giveUpOne(List<Process> starts, Platform platform, CompiledTuning tuning) {
        int least = 0;
        for (int i = 1; i < starts.size(); i++) {
            if (StartedProcess.rank(platform, starts.get(i), tuning.processes())
                    < StartedProcess.rank(platform, starts.get(least), tuning.processes())) {
                least = i;
            }
        }
        least -= forgetEarlier(starts, least);
        starts.remove(least);
    }

    private void put(String host, int slot, List<Process> starts) {
        if (starts.isEmpty()) {
            store.delete(key(host, slot));
        } else {
            store.put(key(host, slot), starts);
        }
        taken(host).set(slot, !starts.isEmpty());
    }

    /** Numbers of the slots of a host that hold a process. */
    private BitSet taken(String host) {
        BitSet known = taken.get(host);
        if (known == null) {
            known = new BitSet(SLOTS);
            try (KeyValueIterator<String, List<Process>> all = store.range(host + PART, host + AFTER_PART)) {
                while (all.hasNext()) {
                    String key = all.next().key;
                    if (key.lastIndexOf(PART) == host.length()) {
                        known.set(slot(key));
                    }
                }
            }
            taken.put(host, known);
        }
        return known;
    }

    private static String key(String host, int slot) {
        return host + PART + slot;
    }

    private static int slot(String key) {
        return Integer.parseInt(key, key.lastIndexOf(PART) + 1, key.length(), 10);
    }
}
