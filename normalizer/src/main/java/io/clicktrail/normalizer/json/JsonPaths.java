package io.clicktrail.normalizer.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

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

    /** Makes the names ready to be told by their bytes; asked once, when all paths are known. */
    void compile(JsonFactory factory) {
        root.compile(factory);
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
        private final Map<String, Node> children = new LinkedHashMap<>();
        private Node[] inOrder = {};
        private @Nullable PropertyNameMatcher names;

        Node make(String name) {
            return children.computeIfAbsent(name, absent -> new Node());
        }

        boolean isLeaf() {
            return children.isEmpty();
        }

        private void compile(JsonFactory factory) {
            inOrder = children.values().toArray(Node[]::new);
            names = factory.constructNameMatcher(
                    children.keySet().stream().map(Named::fromString).toList(), false);
            for (Node child : inOrder) {
                if (!child.isLeaf()) {
                    child.compile(factory);
                }
            }
        }

        /** The names that may stand here; of no use to a leaf. */
        PropertyNameMatcher names() {
            return Objects.requireNonNull(names, "not compiled");
        }

        /**
         * The way on from here, or null where nobody wants it.
         *
         * @param match what {@link #names} found the name to be
         */
        @Nullable
        Node child(int match, JsonParser parser) {
            if (match >= 0) {
                return inOrder[match];
            }
            String name = parser.currentName();
            return name.indexOf('.') < 0 ? null : dotted(name);
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
