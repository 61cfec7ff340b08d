package io.clicktrail.engine.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The builder that a service's topology is given in place of Kafka's. What the topology declares becomes nodes that
 * call each other: the processors and their wiring are the service's own, only topics, stores and clocks are of this
 * package.
 */
public final class LocalTopology extends StreamsBuilder {

    private final String name;
    private final LocalTopics topics;
    private final WallClock clock;
    private final boolean ticks;
    private final ToIntFunction<String> inMemory;
    private final DiskEntries disk;
    private final Map<String, StateStore> stores = new HashMap<>();
    private final Map<String, Group> storeGroups = new HashMap<>();
    private final List<SourceNode> sources = new ArrayList<>();
    private final List<ProcessorNode> processors = new ArrayList<>();
    private boolean isStarted;
    private int tasks;

    /**
     * @param ticks false for a service whose wall clock stands still
     * @param inMemory the most entries that the store of a name holds in memory
     * @param disk where a store keeps what is too much for memory
     */
    LocalTopology(String name, LocalTopics topics, boolean ticks, ToIntFunction<String> inMemory, DiskEntries disk) {
        this.name = name;
        this.topics = topics;
        this.ticks = ticks;
        this.inMemory = inMemory;
        this.disk = disk;
        this.clock = ticks ? topics.clock() : new WallClock();
    }

    String name() {
        return name;
    }

    WallClock clock() {
        return clock;
    }

    boolean ticks() {
        return ticks;
    }

    void schedule(Punctuation punctuation) {
        topics.schedule(punctuation);
    }

    void isWaiting(Task task) {
        topics.isWaiting(task);
    }

    Task newTask() {
        return new Task(this, new TaskId(tasks++, 0));
    }

    /** Gives every node its task and makes the processors ready. */
    void start(long wallClock) {
        if (!ticks) {
            clock.set(wallClock);
        }
        sources.forEach(SourceNode::prune);
        sources.forEach(source -> source.start(source.group().task(this)));
        processors.forEach(processor -> processor.start(processor.group().task(this)));
        isStarted = true;
    }

    void close() {
        if (isStarted) {
            processors.forEach(ProcessorNode::close);
        }
        stores.values().forEach(StateStore::close);
    }

    @Override
    public synchronized <K, V> KStream<K, V> stream(String topic, Consumed<K, V> consumed) {
        return stream(Set.of(topic), consumed);
    }

    @Override
    public synchronized <K, V> KStream<K, V> stream(Collection<String> names, Consumed<K, V> consumed) {
        SourceNode source = source();
        names.forEach(topic -> topics.subscribe(topic, source));
        return LocalStream.of(this, source);
    }

    @Override
    public synchronized StreamsBuilder addStateStore(StoreBuilder<?> store) {
        stores.computeIfAbsent(store.name(), name -> {
            int kept = inMemory.applyAsInt(name);
            return new TimestampedMemoryStore<>(
                    name, kept == LocalTopics.ALL ? null : new Overflow<>(disk, name, kept));
        });
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the types are the topology's
    public synchronized <K, V> StreamsBuilder addGlobalStore(
            StoreBuilder<?> store,
            String topic,
            Consumed<K, V> consumed,
            ProcessorSupplier<K, V, Void, Void> supplier) {
        addStateStore(store);
        SourceNode source = source();
        topics.subscribe(topic, source);
        Processor<?, ?, ?, ?> processor = supplier.get();
        var node = new RecordProcessorNode(
                source.group(), this, Set.of(store.name()), (Processor<Object, Object, Object, Object>) processor);
        source.add(node);
        return this;
    }

    /** Sends what a node forwards to a topic. */
    void write(Node from, String topic) {
        from.add(topics.sink(from.group(), topic));
    }

    /** A source of what a node forwards, in a task of its own. */
    SourceNode repartition(Node from) {
        SourceNode source = source();
        from.add(topics.sink(from.group(), source));
        return source;
    }

    /** Nodes that share a store share a task. */
    void connect(String store, Group group) {
        Group known = storeGroups.putIfAbsent(store, group);
        if (known != null) {
            known.unite(group);
        }
    }

    StateStore store(String store) {
        return Objects.requireNonNull(stores.get(store), store);
    }

    void add(ProcessorNode processor) {
        processors.add(processor);
    }

    private SourceNode source() {
        var source = new SourceNode(new Group());
        sources.add(source);
        return source;
    }
}
