package io.clicktrail.engine.topology;

import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Where the records of topics come into a task. */
final class SourceNode extends Node {

    private @Nullable Task task;

    SourceNode(Group group) {
        super(group);
    }

    void start(Task owner) {
        task = owner;
    }

    /** Takes a record of a topic. */
    void take(Record<Object, Object> record, @Nullable RecordMetadata from) {
        if (task == null) {
            throw new IllegalStateException("a record before the start");
        }
        task.process(this, record, from);
    }

    @Override
    boolean hasEffect() {
        return false;
    }

    @Override
    void process(Record<Object, Object> record) {
        pass(record);
    }
}
