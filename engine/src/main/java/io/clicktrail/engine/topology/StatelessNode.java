package io.clicktrail.engine.topology;

import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Record;

/** A step without state and clock. */
final class StatelessNode extends Node {

    /** What a step does with a record. */
    @FunctionalInterface
    interface Step {

        /** @param next takes what comes of it */
        void apply(Record<Object, Object> record, Consumer<Record<Object, Object>> next);
    }

    private final Step step;
    private final Consumer<Record<Object, Object>> next = this::pass;

    StatelessNode(Group group, Step step) {
        super(group);
        this.step = step;
    }

    @Override
    void process(Record<Object, Object> record) {
        step.apply(record, next);
    }
}
