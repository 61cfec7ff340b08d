package io.clicktrail.engine.topology;

import java.util.Arrays;
import org.apache.kafka.streams.processor.api.Record;

/** A step of a topology. Types of keys and values are those of the topology that made it. */
abstract class Node {

    private final Group group;
    private Node[] next = {};

    Node(Group group) {
        this.group = group;
    }

    /** The nodes that share a task with this one. */
    final Group group() {
        return group;
    }

    final void add(Node child) {
        next = Arrays.copyOf(next, next.length + 1);
        next[next.length - 1] = child;
    }

    /**
     * Drops the nodes below that nothing comes of, such as one that renders text for a topic that nobody reads.
     *
     * @return whether anything comes of a record here
     */
    final boolean prune() {
        next = Arrays.stream(next).filter(Node::prune).toArray(Node[]::new);
        return next.length > 0 || hasEffect();
    }

    /** Whether a record changes anything here, beside what it is passed on to. */
    abstract boolean hasEffect();

    /** Takes a record. */
    abstract void process(Record<Object, Object> record);

    /** Hands a record to the next nodes, in the order in which they were added. */
    final void pass(Record<Object, Object> record) {
        for (Node each : next) {
            each.process(record);
        }
    }
}
