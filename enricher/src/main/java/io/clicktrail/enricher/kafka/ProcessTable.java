package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.file.UserPaths;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.enricher.process.ProcessCatalogue;
import io.clicktrail.enricher.process.StartedProcess;
import io.clicktrail.enricher.process.StartedProcess.Kept;
import io.clicktrail.event.Event;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The processes of each host by pid, for events that know a parent or an actor by its pid alone.
 *
 * <p><b>Bounds.</b> A host has {@value #LINK_SOURCES} slots for programs that people follow links from and
 * {@value #OTHERS} for what else can be part of a chain, each of at most about 1 kB; a pid's slot is its remainder, and
 * a later start takes it over. Nothing is kept longer than {@link #KEPT} of event time.
 *
 * <p><b>Cost.</b> Hardly any pid of an ordinary event has a slot. Which slots of a host are taken is therefore kept in
 * memory for {@value #MAX_HOSTS} hosts, at most 20 MB, and the store is asked only for those; a host that is not among
 * them is read from the store, in one range.
 *
 * <p><b>Order.</b> A host's events are in one partition, so that a replay gives the same answers. A start that is
 * delivered after its child is not waited for: the child then has no image of its parent, as without the table.
 */
final class ProcessTable {

    static final int LINK_SOURCES = 256;
    static final int OTHERS = 1024;
    static final Duration KEPT = Duration.ofDays(7);

    private static final char LINK_SOURCE = 'l';
    private static final char OTHER = 'o';
    private static final Kept[] SLOTS = {Kept.LINK_SOURCE, Kept.OTHER};
    private static final char PART = '\u0000';
    private static final char AFTER_PART = '\u0001';
    private static final int SWEPT = 2_000;
    private static final int MAX_HOSTS = 50_000;

    /** In keys that are no host: {@code ip:…}, {@code user:…}, {@code none:…}. */
    private static final char KIND = ':';

    private final KeyValueStore<String, Process> store;
    private final LruCache<String, BitSet> taken = new LruCache<>(MAX_HOSTS);
    private @Nullable String sweptTo;

    ProcessTable(KeyValueStore<String, Process> store) {
        this.store = store;
    }

    /** The event with what is known of its process and that process's parent. What starts or ends is remembered. */
    Event completed(String host, Event event, Platform platform, ProcessCatalogue catalogue, UserPaths userPaths) {
        if (event.getProcess() == null || host.indexOf(KIND) >= 0) {
            return event;
        }
        Event completed = event;
        if (StartedProcess.asksForParent(event)) {
            @Nullable
            StartedProcess parent = find(host, event.getProcess().getParent().getPid());
            completed = parent == null ? completed : parent.asParentIn(completed);
        }
        switch (event.getKind()) {
            case PROCESS_START -> remember(host, event, platform, catalogue, userPaths);
            case PROCESS_END -> forget(host, event.getProcess().getPid(), Kept.NOT);
            case URL_OPEN,
                    NETWORK_CONNECTION,
                    DNS_QUERY,
                    HTTP_REQUEST,
                    FILE_WRITE,
                    FILE_MARK,
                    FILE_MODE,
                    EMAIL,
                    LOGON,
                    ADDRESS_LEASE,
                    SECURITY_ALERT,
                    HEARTBEAT,
                    AUTOSTART,
                    OTHER -> {
                if (StartedProcess.asksForProcess(event)) {
                    @Nullable
                    StartedProcess actor = find(host, event.getProcess().getPid());
                    completed = actor == null ? completed : actor.asProcessIn(completed);
                }
            }
        }
        return completed;
    }

    /** Forgets old starts of the next stretch of the store. */
    void sweep(long now) {
        List<String> old = new ArrayList<>();
        int seen = 0;
        try (KeyValueIterator<String, Process> rest = store.range(sweptTo, null)) {
            while (rest.hasNext() && seen++ < SWEPT) {
                var entry = rest.next();
                sweptTo = entry.key;
                if (entry.value.getStart().toEpochMilli() < now - KEPT.toMillis()) {
                    old.add(entry.key);
                }
            }
            if (!rest.hasNext()) {
                sweptTo = null;
            }
        }
        for (String slot : old) {
            store.delete(slot);
            BitSet slots = taken.get(slot.substring(0, slot.lastIndexOf(PART)));
            if (slots != null) {
                slots.clear(number(slot));
            }
        }
    }

    private void remember(
            String host, Event event, Platform platform, ProcessCatalogue catalogue, UserPaths userPaths) {
        @Nullable Long pid = event.getProcess().getPid();
        Kept kept = StartedProcess.kept(platform, event.getProcess(), catalogue, userPaths);
        forget(host, pid, kept);
        if (pid != null && kept != Kept.NOT) {
            store.put(slot(host, kept, pid), StartedProcess.of(event).started());
            taken(host).set(number(kept, pid));
        }
    }

    /** Forgets the process that had a pid before, except where its slot is taken over anyway. */
    private void forget(String host, @Nullable Long pid, Kept except) {
        if (pid == null) {
            return;
        }
        for (Kept kept : SLOTS) {
            if (kept != except && started(host, kept, pid) != null) {
                store.delete(slot(host, kept, pid));
                taken(host).clear(number(kept, pid));
            }
        }
    }

    private @Nullable StartedProcess find(String host, Long pid) {
        for (Kept kept : SLOTS) {
            @Nullable Process process = started(host, kept, pid);
            if (process != null) {
                return new StartedProcess(process);
            }
        }
        return null;
    }

    private @Nullable Process started(String host, Kept kept, Long pid) {
        @Nullable Process process = taken(host).get(number(kept, pid)) ? store.get(slot(host, kept, pid)) : null;
        return process != null && pid.equals(process.getPid()) ? process : null;
    }

    /** Numbers of the slots of a host that hold a process. */
    private BitSet taken(String host) {
        BitSet known = taken.get(host);
        if (known == null) {
            known = new BitSet(LINK_SOURCES + OTHERS);
            try (KeyValueIterator<String, Process> all = store.range(host + PART, host + AFTER_PART)) {
                while (all.hasNext()) {
                    String slot = all.next().key;
                    if (slot.lastIndexOf(PART) == host.length()) {
                        known.set(number(slot));
                    }
                }
            }
            taken.put(host, known);
        }
        return known;
    }

    private static String slot(String host, Kept kept, long pid) {
        return kept == Kept.LINK_SOURCE
                ? host + PART + LINK_SOURCE + Math.floorMod(pid, LINK_SOURCES)
                : host + PART + OTHER + Math.floorMod(pid, OTHERS);
    }

    private static int number(Kept kept, long pid) {
        return kept == Kept.LINK_SOURCE ? Math.floorMod(pid, LINK_SOURCES) : LINK_SOURCES + Math.floorMod(pid, OTHERS);
    }

    private static int number(String slot) {
        int kind = slot.lastIndexOf(PART) + 1;
        int pid = Integer.parseInt(slot, kind + 1, slot.length(), 10);
        return slot.charAt(kind) == LINK_SOURCE ? pid : LINK_SOURCES + pid;
    }
}
