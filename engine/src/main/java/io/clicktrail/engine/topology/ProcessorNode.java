package io.clicktrail.engine.topology;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A processor of a service with its context: the clocks of its task and the stores that it is connected to. */
abstract class ProcessorNode extends Node implements ProcessingContext {

    private final LocalTopology topology;
    private final Set<String> storeNames;
    private @Nullable Task task;

    ProcessorNode(Group group, LocalTopology topology, Set<String> storeNames) {
        super(group);
        this.topology = topology;
        this.storeNames = storeNames;
        topology.add(this);
    }

    /** Makes the processor ready. */
    void start(Task owner) {
        task = owner;
        init();
    }

    final boolean hasStores() {
        return !storeNames.isEmpty();
    }

    abstract void init();

    abstract void close();

    final void forwarded() {
        task().forwarded();
    }

    private Task task() {
        return Objects.requireNonNull(task, "not started");
    }

    @Override
    public String applicationId() {
        return topology.name();
    }

    @Override
    public TaskId taskId() {
        return task().id();
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.ofNullable(task().metadata());
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Kafka's own context does
    public <S extends StateStore> S getStateStore(String name) {
        if (!storeNames.contains(name)) {
            throw new IllegalArgumentException("the processor is not connected to the store " + name);
        }
        return (S) topology.store(name);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
        return task().schedule(interval, type, punctuator);
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator punctuator) {
        throw new UnsupportedOperationException("schedule with a start");
    }

    @Override
    public void commit() {
        // Nothing is kept.
    }

    @Override
    public long currentSystemTimeMs() {
        return task().wallClock();
    }

    @Override
    public long currentStreamTimeMs() {
        return task().streamTime();
    }

    @Override
    public Serde<?> keySerde() {
        throw new UnsupportedOperationException("no record is serialized");
    }

    @Override
    public Serde<?> valueSerde() {
        throw new UnsupportedOperationException("no record is serialized");
    }

    @Override
    public File stateDir() {
        throw new UnsupportedOperationException("state is in memory");
    }

    @Override
    public StreamsMetrics metrics() {
        throw new UnsupportedOperationException("the metrics of Kafka Streams");
    }

    @Override
    public Map<String, Object> appConfigs() {
        return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return Map.of();
    }
}
