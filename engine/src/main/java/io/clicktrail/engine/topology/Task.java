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

    /** What waits less than this is over when nothing of a record is under way any more. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** More than anything short waits, milliseconds. */
    private static final long WAITED = 3_600_000;

    private final LocalTopology topology;
    private final TaskId id;
    private final List<Punctuation> streamTimePunctuations = new ArrayList<>();
    private final List<Punctuator> shortWaits = new ArrayList<>();
    private long nextPunctuation = Long.MAX_VALUE;
    private long waited;
    private long forwarded;
    private boolean isWaiting;
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
        if (!isWaiting && !shortWaits.isEmpty()) {
            isWaiting = true;
            topology.isWaiting(this);
        }
    }

    /** A processor of the task has passed something on. */
    void forwarded() {
        forwarded++;
    }

    /**
     * Of a service whose clock stands still: does what was put off for a moment since the last call. Each call is a
     * later moment.
     */
    void endShortWaits() {
        isWaiting = false;
        metadata = null;
        long before;
        do {
            before = forwarded;
            waited += WAITED;
            for (Punctuator each : shortWaits) {
                each.punctuate(wallClock() + waited);
            }
        } while (forwarded != before);
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
                if (topology.ticks()) {
                    topology.schedule(punctuation);
                } else if (interval.compareTo(SHORT) < 0) {
                    shortWaits.add(punctuator);
                }
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
