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
        private Map<String, Node> paths = Map.of();
        private @Nullable Name[] names = {};

        Node make(String name) {
            return children.computeIfAbsent(name, absent -> new Node());
        }

        boolean isLeaf() {
            return children.isEmpty();
        }

        /** Lays all that lies below out by its path from here, as a hash table with open addressing, at most a quarter full. */
        private void compile() {
            Map<String, Node> below = new HashMap<>();
            children.forEach((name, child) -> {
                below.put(name, child);
                if (!child.isLeaf()) {
                    child.compile();
                }
                child.paths.forEach((path, node) -> below.put(name + "." + path, node));
            });
            paths = below;
            int size = Integer.highestOneBit(Math.max(1, below.size())) * 8;
            names = new Name[size];
            below.forEach((path, node) -> {
                Name name = Name.of(path, node);
                int i = hash(name.head, name.tail, name.bytes.length) & size - 1;
                while (names[i] != null) {
                    i = i + 1 & size - 1;
                }
                names[i] = name;
            });
        }

        /** The way on from here by a name, which may be a path, or null where nobody wants it. */
        @Nullable
        Node child(byte[] bytes, int from, int to) {
            long head = head(bytes, from, to);
            long tail = tail(bytes, from, to);
            int i = hash(head, tail, to - from) & names.length - 1;
            for (Name name = names[i]; name != null; name = names[i]) {
                if (name.head == head && name.tail == tail && name.isAt(bytes, from, to)) {
                    return name.node;
                }
                i = i + 1 & names.length - 1;
            }
            return null;
        }

        /** A hash over the length and the first and last bytes, in which names of one log differ. */
        private static int hash(long head, long tail, int length) {
            return (int) ((head * MIX ^ tail) * MIX >>> Integer.SIZE) + length;
        }

        private static long head(byte[] bytes, int from, int to) {
            return to - from < Long.BYTES ? Words.upTo(bytes, from, to) : Words.at(bytes, from);
        }

        private static long tail(byte[] bytes, int from, int to) {
            return to - from < Long.BYTES ? 0 : Words.at(bytes, to - Long.BYTES);
        }

        /** A name with its first and its last eight bytes, which are all of it up to sixteen. */
        @SuppressWarnings("ArrayRecordComponent")
        private record Name(byte[] bytes, long head, long tail, Node node) {

            static Name of(String text, Node node) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                return new Name(bytes, Node.head(bytes, 0, bytes.length), Node.tail(bytes, 0, bytes.length), node);
            }

            /** Whether it stands at a place where its first and last bytes stand. */
            boolean isAt(byte[] text, int from, int to) {
                return to - from == bytes.length
                        && (bytes.length <= 2 * Long.BYTES || Arrays.equals(bytes, 0, bytes.length, text, from, to));
            }
        }
    }
}
