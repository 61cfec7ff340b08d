package io.clicktrail.correlator.chain;

import io.clicktrail.event.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The events and process starts of one host that later evidence can still be linked to, while a step is taken. Each
 * list is in order of arrival and bounded by {@link StateBound}; a list that a step does not change stays the same
 * object, so that an idle step copies nothing.
 */
final class RecentEvents {

    private final HostState before;
    private final StepEffects effects;

    private Platform platform;
    private List<ChainEvent> clicks;
    private List<ChainEvent> egresses;
    private List<ChainEvent> writes;
    private List<ChainEvent> executions;
    private List<ChainEvent> signIns;
    private List<ProcessStart> starts;

    RecentEvents(HostState before, StepEffects effects) {
        this.before = before;
        this.effects = effects;
        this.platform = before.platform();
        this.clicks = before.clicks();
        this.egresses = before.egresses();
        this.writes = before.writes();
        this.executions = before.executions();
        this.signIns = before.signIns();
        this.starts = before.starts();
    }

    /** The state before the step with the lists as they are now; that state itself if nothing changed. */
    HostState state() {
        return before.with(platform, clicks, egresses, writes, executions, signIns, starts);
    }

    Platform platform() {
        return platform;
    }

    /** Takes over the platform from evidence, once. */
    void observePlatform(Platform observed) {
        platform = platform == Platform.UNKNOWN ? observed : platform;
    }

    /**
     * Forgets what nothing that may still come can be linked to.
     *
     * @param now stream time, milliseconds since 1970
     * @param isMember whether a write is of an open chain
     */
    void expire(ChainDefinition definition, long now, Predicate<EventId> isMember) {
        long oldest = now - definition.retention().toMillis();
        long oldestMark = now - definition.markRetention().toMillis();
        long oldestMember = now - definition.memberRetention().toMillis();
        clicks = since(oldest, event -> true, clicks);
        egresses = since(oldest, event -> !event.speaksOfOthers() || event.arrived() < oldestMark, egresses);
        writes = since(
                oldest,
                event -> !(event.speaksOfOthers() && event.arrived() >= oldestMark)
                        && !(event.arrived() >= oldestMember && isMember.test(event.id())),
                writes);
        executions = since(oldest, event -> true, executions);
        signIns = since(oldest, event -> true, signIns);
        starts = startsSince(now - definition.lineageRetention().toMillis());
    }

    /**
     * Settles the writes for which no mark is awaited any more.
     *
     * @param arrivedBefore stream time, milliseconds since 1970
     * @return the writes that were settled, in order of arrival
     */
    List<ChainEvent> settle(long arrivedBefore) {
        List<ChainEvent> settled = List.of();
        for (int i = 0; i < writes.size(); i++) {
            var write = writes.get(i);
            if (!write.is(ChainEvent.SETTLED) && write.arrived() < arrivedBefore) {
                if (settled.isEmpty()) {
                    settled = new ArrayList<>();
                    writes = new ArrayList<>(writes);
                }
                var now = write.settled();
                writes.set(i, now);
                settled.add(now);
            }
        }
        return settled;
    }

    /** The events without those that arrived before the oldest and are over. */
    private List<ChainEvent> since(long oldest, Predicate<ChainEvent> isOver, List<ChainEvent> events) {
        List<ChainEvent> recent = events;
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            if (event.arrived() < oldest && isOver.test(event)) {
                recent = recent == events ? new ArrayList<>(events.subList(0, i)) : recent;
                effects.remove(event.id());
            } else if (recent != events) {
                recent.add(event);
            }
        }
        return recent;
    }

    private List<ProcessStart> startsSince(long oldest) {
        List<ProcessStart> recent = starts;
        for (int i = 0; i < starts.size(); i++) {
            var start = starts.get(i);
            if (start.arrived() < oldest) {
                recent = recent == starts ? new ArrayList<>(starts.subList(0, i)) : recent;
            } else if (recent != starts) {
                recent.add(start);
            }
        }
        return recent;
    }

    boolean holds(EventId id) {
        return holds(clicks, id)
                || holds(egresses, id)
                || holds(writes, id)
                || holds(executions, id)
                || holds(signIns, id);
    }

    private static boolean holds(List<ChainEvent> events, EventId id) {
        for (int i = 0; i < events.size(); i++) {
            var other = events.get(i).id();
            if (other.low() == id.low() && other.high() == id.high()) {
                return true;
            }
        }
        return false;
    }

    /** Forgets an event to make room for what is known of it now; its evidence is replaced, not removed. */
    void forget(EventId id) {
        clicks = without(id, clicks);
        egresses = without(id, egresses);
        writes = without(id, writes);
        executions = without(id, executions);
        signIns = without(id, signIns);
    }

    private static List<ChainEvent> without(EventId id, List<ChainEvent> events) {
        if (!holds(events, id)) {
            return events;
        }
        var others = new ArrayList<>(events);
        others.removeIf(event -> event.id().equals(id));
        return others;
    }

    /** Passes every event on, stage by stage in order of arrival; one that can play several stages, once for each. */
    void forEach(Consumer<ChainEvent> action) {
        clicks.forEach(action);
        egresses.forEach(action);
        writes.forEach(action);
        executions.forEach(action);
        signIns.forEach(action);
    }

    /** Adds an event to the list of each stage that it can play. */
    void add(ChainEvent event) {
        clicks = event.plays(ChainEvent.CLICK) ? with(clicks, event, StateBound.CLICKS) : clicks;
        egresses = event.plays(ChainEvent.EGRESS) ? with(egresses, event, StateBound.EGRESSES) : egresses;
        writes = event.plays(ChainEvent.WRITE) ? with(writes, event, StateBound.WRITES) : writes;
        executions = event.plays(ChainEvent.EXECUTION) ? with(executions, event, StateBound.EXECUTIONS) : executions;
        signIns = event.plays(ChainEvent.SIGN_IN) ? with(signIns, event, StateBound.SIGN_INS) : signIns;
    }

    private List<ChainEvent> with(List<ChainEvent> events, ChainEvent event, StateBound bound) {
        var more = new ArrayList<ChainEvent>(events.size() + 1);
        more.addAll(events);
        if (events.size() >= bound.max()) {
            effects.remove(more.remove(placeFor(event, events)).id());
            effects.drop(bound);
        }
        more.add(event);
        return more;
    }

    /**
     * Which event a full list gives up: the last that repeats the same as the new one, if that is not the only one, so
     * that what happens over and over displaces itself alone and the first of it stays; else the oldest.
     */
    private static int placeFor(ChainEvent event, List<ChainEvent> events) {
        int last = events.size() - 1;
        while (last > 0 && !events.get(last).repeats(event)) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            if (events.get(i).repeats(event)) {
                return last;
            }
        }
        return 0;
    }

    /** Forgets a process start that was taken for what it was not. */
    void remove(ProcessStart start) {
        if (starts.stream().anyMatch(start::sameStart)) {
            starts = starts.stream().filter(other -> !other.sameStart(start)).toList();
        }
    }

    /** Adds a process start, the oldest gives way to it; false if it was known. */
    boolean add(ProcessStart start, long arrived) {
        for (int i = 0; i < starts.size(); i++) {
            if (starts.get(i).sameStart(start)) {
                return false;
            }
        }
        boolean full = starts.size() >= StateBound.STARTS.max();
        var more = new ArrayList<ProcessStart>(starts.size() + 1);
        more.addAll(full ? starts.subList(1, starts.size()) : starts);
        more.add(start.arrivedAt(arrived));
        if (full) {
            effects.drop(StateBound.STARTS);
        }
        starts = more;
        return true;
    }

    /**
     * Stream time at which the youngest event or start is old, milliseconds since 1970: a quiet host is woken once, not
     * for each event. {@link Long#MAX_VALUE} if there is none.
     *
     * @param now stream time to which events have expired, milliseconds since 1970
     */
    long due(ChainDefinition definition, long now) {
        long due = Long.MAX_VALUE;
        long youngest = Math.max(Math.max(lastArrival(clicks), lastArrival(executions)), lastArrival(signIns));
        if (youngest != 0) {
            due = youngest + definition.retention().toMillis() + 1;
        }
        if (!writes.isEmpty() || !egresses.isEmpty()) {
            long arrival = Math.max(lastArrival(writes), lastArrival(egresses));
            long last = arrival + definition.markRetention().toMillis() + 1;
            // What is older and still there is of an open chain.
            last = last > now ? last : arrival + definition.memberRetention().toMillis() + 1;
            due = due == Long.MAX_VALUE ? last : Math.max(due, last);
        }
        for (int i = 0; i < writes.size(); i++) {
            if (!writes.get(i).is(ChainEvent.SETTLED)) {
                due = Math.min(
                        due, writes.get(i).arrived() + definition.markDelay().toMillis() + 1);
                break;
            }
        }
        return starts.isEmpty()
                ? due
                : Math.min(
                        due,
                        starts.getLast().arrived()
                                + definition.lineageRetention().toMillis()
                                + 1);
    }

    private static long lastArrival(List<ChainEvent> events) {
        return events.isEmpty() ? 0 : events.getLast().arrived();
    }
}
