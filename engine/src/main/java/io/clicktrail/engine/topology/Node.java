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

    /** Takes a record. */
    abstract void process(Record<Object, Object> record);

    /** Hands a record to the next nodes, in the order in which they were added. */
    final void pass(Record<Object, Object> record) {
        for (Node each : next) {
            each.process(record);
        }
    }
}
