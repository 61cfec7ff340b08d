package io.clicktrail.engine.topology;

import java.util.function.BooleanSupplier;
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
    private final BooleanSupplier effect;
    private final Consumer<Record<Object, Object>> next = this::pass;

    /** A step that passes on what it makes, and nothing else. */
    StatelessNode(Group group, Step step) {
        this(group, step, () -> false);
    }

    /** @param effect whether the step does anything else, asked at the start */
    StatelessNode(Group group, Step step, BooleanSupplier effect) {
        super(group);
        this.step = step;
        this.effect = effect;
    }

    @Override
    boolean hasEffect() {
        return effect.getAsBoolean();
    }

    @Override
    void process(Record<Object, Object> record) {
        step.apply(record, next);
    }
}
