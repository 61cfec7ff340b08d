package io.clicktrail.normalizer.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths that the formats want out of a JSON document, as one tree, so that a document is read in one pass for all of them.
 *
 * <p>A path is written with dots. It fits nested objects and dotted keys alike: {@code winlog.event_id} is found in
 * {@code {"winlog":{"event_id":1}}} and in {@code {"winlog.event_id":1}}. A path asked for twice has one slot.
 */
public final class JsonPaths {

    final Node root = new Node();
    private int fields;
    private int spans;

    /** The slot of a field, for {@link JsonFields#get}, {@link JsonFields#all} and {@link JsonFields#isObject}. */
    public int field(String path) {
        Node node = node(path);
        if (node.field < 0) {
            node.field = fields++;
        }
        return node.field;
    }

    /** The slot of a value that is kept as a place in the bytes and read only if asked for, for {@link JsonFields#inner}. */
    public int span(String path) {
        Node node = node(path);
        if (node.span < 0) {
            node.span = spans++;
        }
        return node.span;
    }

    int fields() {
        return fields;
    }

    int spans() {
        return spans;
    }

    private Node node(String path) {
        Node node = root;
        int from = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
            node = node.make(path.substring(from, dot));
            from = dot + 1;
        }
        return node.make(path.substring(from));
    }

    /** A name on the way to a wanted value. */
    static final class Node {
        int field = -1;
        int span = -1;
        private final Map<String, Node> children = new HashMap<>();

        Node make(String name) {
            return children.computeIfAbsent(name, absent -> new Node());
        }

        boolean isLeaf() {
            return children.isEmpty();
        }

        @Nullable
        Node child(String name) {
            Node child = children.get(name);
            return child != null || name.indexOf('.') < 0 ? child : dotted(name);
        }

        private @Nullable Node dotted(String name) {
            Node node = this;
            int from = 0;
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
                node = node.children.get(name.substring(from, dot));
                if (node == null) {
                    return null;
                }
                from = dot + 1;
            }
            return node.children.get(name.substring(from));
        }
    }
}
