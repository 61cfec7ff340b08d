package io.clicktrail.engine.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What the nodes of one sub-topology share: stream time, wall clock and the record that is processed. */
final class Task {

    private static final long UNKNOWN = -1;

    private final LocalTopology topology;
    private final TaskId id;
    private final List<Punctuation> streamTimePunctuations = new ArrayList<>();
    private long nextPunctuation = Long.MAX_VALUE;
    private long streamTime = UNKNOWN;
    private @Nullable RecordMetadata metadata;

    Task(LocalTopology topology, TaskId id) {
        this.topology = topology;
        this.id = id;
    }

    TaskId id() {
        return id;
    }

    /** Greatest timestamp of the records so far, -1 before the first. */
    long streamTime() {
        return streamTime;
    }

    long wallClock() {
        return topology.clock().millis();
    }

    @Nullable
    RecordMetadata metadata() {
        return metadata;
    }

    void process(SourceNode source, Record<Object, Object> record, @Nullable RecordMetadata from) {
        streamTime = Math.max(streamTime, record.timestamp());
        metadata = from;
        source.process(record);
        if (streamTime >= nextPunctuation) {
            punctuate();
        }
    }

    Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
        long millis = interval.toMillis();
        return switch (type) {
            case STREAM_TIME -> {
                var punctuation = new Punctuation(punctuator, 0, millis);
                streamTimePunctuations.add(punctuation);
                nextPunctuation = 0;
                yield punctuation;
            }
            case WALL_CLOCK_TIME -> {
                var punctuation = new Punctuation(punctuator, wallClock() + millis, millis);
                topology.schedule(punctuation);
                yield punctuation;
            }
        };
    }

    private void punctuate() {
        metadata = null;
        long next = Long.MAX_VALUE;
        for (Punctuation each : streamTimePunctuations) {
            if (streamTime >= each.due()) {
                each.punctuate(streamTime);
            }
            next = Math.min(next, each.due());
        }
        nextPunctuation = next;
    }
}
