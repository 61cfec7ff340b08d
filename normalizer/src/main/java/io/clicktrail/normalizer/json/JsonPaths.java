package io.clicktrail.normalizer.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    /** Makes the names ready to be told by their bytes: once, when all paths are known. */
    void compile() {
        root.compile();
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
        private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

        int field = -1;
        int span = -1;
        private final Map<String, Node> children = new HashMap<>();
        private byte[][] names = {};
        private Node[] nodes = {};

        Node make(String name) {
            return children.computeIfAbsent(name, absent -> new Node());
        }

        boolean isLeaf() {
            return children.isEmpty();
        }

        /** Lays the children out as a hash table with open addressing, at most a quarter full. */
        private void compile() {
            int size = Integer.highestOneBit(Math.max(1, children.size())) * 8;
            names = new byte[size][];
            nodes = new Node[size];
            children.forEach((name, child) -> {
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                int i = hash(bytes, 0, bytes.length) & size - 1;
                while (names[i] != null) {
                    i = i + 1 & size - 1;
                }
                names[i] = bytes;
                nodes[i] = child;
                if (!child.isLeaf()) {
                    child.compile();
                }
            });
        }

        /** The way on from here by a name, or null where nobody wants it. */
        @Nullable
        Node child(byte[] bytes, int from, int to) {
            for (int i = hash(bytes, from, to) & names.length - 1; names[i] != null; i = i + 1 & names.length - 1) {
                if (Arrays.equals(names[i], 0, names[i].length, bytes, from, to)) {
                    return nodes[i];
                }
            }
            return Words.indexOf(bytes, from, to, '.') == to
                    ? null
                    : dotted(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }

        /** A hash over the length and the first and last bytes, in which names of one log differ. */
        private static int hash(byte[] bytes, int from, int to) {
            if (to - from < Long.BYTES) {
                int hash = 1;
                for (int i = from; i < to; i++) {
                    hash = hash * 31 + bytes[i];
                }
                return hash;
            }
            long ends = Words.at(bytes, from) * MIX ^ Words.at(bytes, to - Long.BYTES);
            return (int) (ends * MIX >>> Integer.SIZE) + to - from;
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
