package io.clicktrail.engine.topology;

import org.jspecify.annotations.Nullable;

/**
 * Nodes that are connected by records or stores, which is a sub-topology of Kafka Streams: they share one task, and
 * with it one stream time. A disjoint set with path halving.
 */
final class Group {

    private @Nullable Group parent;
    private @Nullable Task task;

    /** Makes two groups one. */
    void unite(Group other) {
        Group mine = root();
        Group others = other.root();
        if (mine != others) {
            others.parent = mine;
        }
    }

    /** The task; made by the first call, after which groups must not be united. */
    Task task(LocalTopology topology) {
        Group root = root();
        if (root.task == null) {
            root.task = topology.newTask();
        }
        return root.task;
    }

    private Group root() {
        Group at = this;
        while (at.parent != null) {
            if (at.parent.parent != null) {
                at.parent = at.parent.parent;
            }
            at = at.parent;
        }
        return at;
    }
}
