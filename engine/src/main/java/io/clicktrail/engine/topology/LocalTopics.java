package io.clicktrail.engine.topology;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Topics of one partition in one process, the wall clock, and the thread's loop over them.
 *
 * <p>A record that is put goes through all topologies, with all that comes of it, before the next one: first in, first
 * out over all topics, by reference and not serialized. Between records, {@link #advance} moves the wall clock from one
 * punctuation to the next. The same calls make the same results. Not for several threads.
 */
public final class LocalTopics {

    /** After so long without a record all windows have passed; the wall clock then leaps, milliseconds. */
    private static final long MAX_TICKED = 24 * 3_600_000L;

    /** Entries of a store that is in memory as a whole. */
    public static final int ALL = Integer.MAX_VALUE;

    private final Map<String, List<SourceNode>> sources = new HashMap<>();
    private final Map<String, List<Consumer<Record<Object, Object>>>> listeners = new HashMap<>();
    private final List<LocalTopology> topologies = new ArrayList<>();
    private final ArrayDeque<Object> queue = new ArrayDeque<>();
    private final PriorityQueue<Punctuation> punctuations =
            new PriorityQueue<>(Comparator.comparingLong(Punctuation::due));
    private final WallClock clock = new WallClock();
    private final DiskEntries disk = new DiskEntries();
    private final ArrayDeque<Task> waiting = new ArrayDeque<>();
    private final List<SlowHop> slowHops = new ArrayList<>();
    private final Duration slowest;
    private final Random stalls;
    private boolean isStarted;

    /** Topics between which nothing takes time. */
    public LocalTopics() {
        this(Duration.ZERO, 0);
    }

    /**
     * Topics whose readers stall now and then, each by itself, as those of a cluster under load do. What is put from
     * outside comes at once.
     *
     * @param slowest how far a reader is behind at most, by the wall clock
     * @param seed of the stalls
     */
    public LocalTopics(Duration slowest, long seed) {
        this.slowest = slowest;
        this.stalls = new Random(seed);
    }

    /**
     * A builder for one service's topology. All are made before the first record.
     *
     * @param ticks false where the service's wall clock shall stand still at the time of the start: what it puts off
     *     for less than a second is done when nothing of a record is under way any more, and what it puts off for
     *     longer never
     */
    public LocalTopology topology(String name, boolean ticks) {
        return topology(name, ticks, store -> ALL);
    }

    /**
     * A builder for one service's topology, some of whose stores hold little in memory and the rest on disk.
     *
     * @param inMemory the most entries that the store of a name holds in memory, at least one, or {@link #ALL}; a store
     *     with less has texts, numbers or Avro
     */
    public LocalTopology topology(String name, boolean ticks, ToIntFunction<String> inMemory) {
        var topology = new LocalTopology(name, this, ticks, inMemory, disk);
        topologies.add(topology);
        return topology;
    }

    /**
     * Passes every record of a topic on, in order.
     *
     * @throws IllegalStateException after the start, as what makes records that nobody hears is left out then
     */
    @SuppressWarnings("unchecked") // the types are the topic's
    public <K, V> void listen(String topic, Consumer<Record<K, V>> listener) {
        if (isStarted) {
            throw new IllegalStateException("listeners come before the first record");
        }
        listeners.computeIfAbsent(topic, absent -> new ArrayList<>()).add((Consumer<Record<Object, Object>>)
                (Consumer<?>) listener);
    }

    /** Starts all topologies at a time of the wall clock, milliseconds since 1970. */
    public void start(long wallClock) {
        isStarted = true;
        clock.set(wallClock);
        topologies.forEach(topology -> topology.start(wallClock));
    }

    /** Moves the wall clock forward and runs what is due on the way; a time that has passed changes nothing. */
    public void advance(long wallClock) {
        if (wallClock - clock.millis() > MAX_TICKED) {
            tick(clock.millis() + MAX_TICKED);
            clock.set(wallClock);
        }
        tick(wallClock);
        catchUp(wallClock);
    }

    /** Puts a record, and returns when nothing of it is under way any more. */
    public void put(
            String topic, @Nullable Object key, @Nullable Object value, long timestamp, @Nullable RecordMetadata from) {
        var record = new Record<Object, @Nullable Object>(key, value, timestamp, new RecordHeaders());
        for (Consumer<Record<Object, Object>> listener : listeners.getOrDefault(topic, List.of())) {
            listener.accept(record);
        }
        for (SourceNode source : sources.getOrDefault(topic, List.of())) {
            source.take(record, from);
        }
        drain();
    }

    /** Ends the processors and forgets all state. */
    public void close() {
        topologies.forEach(LocalTopology::close);
        disk.close();
    }

    WallClock clock() {
        return clock;
    }

    void schedule(Punctuation punctuation) {
        punctuations.add(punctuation);
    }

    void isWaiting(Task task) {
        waiting.addLast(task);
    }

    void subscribe(String topic, SourceNode source) {
        sources.computeIfAbsent(topic, absent -> new ArrayList<>()).add(source);
    }

    /** A node that writes to a topic. */
    Node sink(Group group, String topic) {
        List<SourceNode> to = sources.computeIfAbsent(topic, absent -> new ArrayList<>());
        List<Consumer<Record<Object, Object>>> heard = listeners.computeIfAbsent(topic, absent -> new ArrayList<>());
        var hops = new HashMap<SourceNode, SlowHop>();
        return new StatelessNode(
                group,
                (record, next) -> {
                    for (int i = 0; i < heard.size(); i++) {
                        heard.get(i).accept(record);
                    }
                    for (int i = 0; i < to.size(); i++) {
                        enqueue(hops, to.get(i), record);
                    }
                },
                () -> !to.isEmpty() || !heard.isEmpty());
    }

    /** A node that writes to one source. */
    Node sink(Group group, SourceNode to) {
        var hops = new HashMap<SourceNode, SlowHop>();
        return new StatelessNode(group, (record, next) -> enqueue(hops, to, record), () -> true);
    }

    private void enqueue(Map<SourceNode, SlowHop> hops, SourceNode to, Record<Object, Object> record) {
        if (slowest.isZero()) {
            enqueue(to, record);
            return;
        }
        hops.computeIfAbsent(to, absent -> {
                    var hop = new SlowHop(to);
                    slowHops.add(hop);
                    return hop;
                })
                .add(record, clock.millis());
    }

    private void enqueue(SourceNode to, Record<Object, Object> record) {
        queue.addLast(to);
        queue.addLast(record);
    }

    @SuppressWarnings("unchecked") // only enqueue puts anything in
    private void drain() {
        do {
            for (Object source = queue.pollFirst(); source != null; source = queue.pollFirst()) {
                ((SourceNode) source).take((Record<Object, Object>) queue.removeFirst(), null);
            }
        } while (endShortWaits());
    }

    private boolean endShortWaits() {
        Task task = waiting.pollFirst();
        if (task == null) {
            return false;
        }
        task.endShortWaits();
        return true;
    }

    /** Lets every reader read what there is. */
    public void settle() {
        boolean isMoving = true;
        while (isMoving) {
            isMoving = false;
            for (int i = 0; i < slowHops.size(); i++) {
                isMoving |= slowHops.get(i).pass(Long.MAX_VALUE);
            }
        }
    }

    private void catchUp(long now) {
        for (int i = 0; i < slowHops.size(); i++) {
            slowHops.get(i).pass(now);
        }
    }

    private void tick(long until) {
        for (Punctuation next = punctuations.peek(); next != null && next.due() <= until; next = punctuations.peek()) {
            punctuations.remove();
            if (!next.isCancelled()) {
                clock.set(Math.max(clock.millis(), next.due()));
                next.punctuate(clock.millis());
                punctuations.add(next);
                catchUp(clock.millis());
                drain();
            }
        }
        clock.set(Math.max(clock.millis(), until));
    }

    /** What one topic has for one reader, who stalls for a while whenever he has read all. */
    private final class SlowHop {
        private final SourceNode to;
        private final ArrayDeque<Record<Object, Object>> behind = new ArrayDeque<>();
        private long awake;

        SlowHop(SourceNode to) {
            this.to = to;
        }

        void add(Record<Object, Object> record, long now) {
            if (behind.isEmpty()) {
                awake = now + stalls.nextLong(slowest.toMillis() + 1);
            }
            behind.add(record);
        }

        boolean pass(long now) {
            boolean isPassed = false;
            while (now >= awake && !behind.isEmpty()) {
                enqueue(to, behind.removeFirst());
                drain();
                isPassed = true;
            }
            return isPassed;
        }
    }
}
