package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.text.Swar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths that the formats want out of a JSON document, as one tree, so that a document is read in one pass for all
 * of them.
 *
 * <p>A path is written with dots. It fits nested objects and dotted keys alike: {@code winlog.event_id} is found in
 * {@code {"winlog":{"event_id":1}}} and in {@code {"winlog.event_id":1}}. A path asked for twice has one slot.
 *
 * <p>Each node holds the names below it in a hash table with open addressing over the first and last eight bytes of the
 * name, so that a lookup makes no string. Logs write their members in the same order in every record: each name
 * remembers the one that followed it, and the next document needs one comparison for each member as long as the order
 * is the same. Names that nobody wants are remembered too, so that they are skipped as fast. An attacker chooses names:
 * at most 128 unwanted ones of up to 64 bytes are kept for each node, and the table stays at most half full.
 */
public final class JsonPaths {

    final Node root = new Node();
    private final BitSet recurring = new BitSet();
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

    /**
     * The slot of a field of which a few values come again and again, so that their texts are worth keeping: hosts,
     * programs, names of logs.
     */
    public int recurring(String path) {
        int slot = field(path);
        recurring.set(slot);
        return slot;
    }

    /**
     * The slot of a value that is kept as a place in the bytes and read only if asked for, for {@link
     * JsonFields#inner}.
     */
    public int span(String path) {
        Node node = node(path);
        if (node.span < 0) {
            node.span = spans++;
        }
        return node.span;
    }

    /** Prepares the names for comparison by their bytes: once, when all paths are known. */
    void compile() {
        root.compile();
    }

    boolean isRecurring(int slot) {
        return recurring.get(slot);
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

        /** How many names that nobody wants are kept: bounds memory and the search among colliding names. */
        private static final int MAX_LEARNED = 128;

        private static final int MAX_LEARNED_BYTES = 64;

        int field = -1;
        int span = -1;
        private final Map<String, Node> children = new HashMap<>();
        private Map<String, Node> paths = Map.of();
        private @Nullable Name[] names = {};
        private boolean isLeaf = true;
        private int learned;

        /** What is before the first name. */
        private final Name start = new Name(new byte[0], this);

        Node make(String name) {
            isLeaf = false;
            return children.computeIfAbsent(name, absent -> new Node());
        }

        boolean isLeaf() {
            return isLeaf;
        }

        /** Precedes the first name of an object. */
        Name start() {
            return start;
        }

        /**
         * Lays all that is below out by its path from here, as a hash table with open addressing, at most half full
         * when it has learned all it may.
         */
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
            names = new Name[Integer.highestOneBit(below.size() + MAX_LEARNED) * 4];
            below.forEach((path, node) -> {
                byte[] name = path.getBytes(StandardCharsets.UTF_8);
                names[place(name, 0, name.length)] = new Name(name, node);
            });
        }

        /** The name within a text that may be a path; null where it is unknown. */
        @Nullable
        Name known(byte[] bytes, int from, int to) {
            return names[place(bytes, from, to)];
        }

        /** A name from now on known as one that nobody wants; null where enough are known, or it is too long. */
        @Nullable
        Name learn(byte[] bytes, int from, int to) {
            if (learned == MAX_LEARNED || to - from > MAX_LEARNED_BYTES) {
                return null;
            }
            learned++;
            Name name = new Name(Arrays.copyOfRange(bytes, from, to), null);
            names[place(bytes, from, to)] = name;
            return name;
        }

        /** The place of a name in the table, or the free one for it. */
        private int place(byte[] bytes, int from, int to) {
            long head = head(bytes, from, to);
            long tail = tail(bytes, from, to);
            int mask = names.length - 1;
            int i = ((int) ((head * MIX ^ tail) * MIX >>> Integer.SIZE) + to - from) & mask;
            for (Name name = names[i]; name != null; name = names[i]) {
                if (name.head == head && name.tail == tail && name.isAt(bytes, from, to)) {
                    return i;
                }
                i = i + 1 & mask;
            }
            return i;
        }

        private static long head(byte[] bytes, int from, int to) {
            return to - from < Long.BYTES ? Swar.upTo(bytes, from, to) : Swar.at(bytes, from);
        }

        private static long tail(byte[] bytes, int from, int to) {
            return to - from < Long.BYTES ? 0 : Swar.at(bytes, to - Long.BYTES);
        }
    }

    /**
     * A name that was asked for, or that documents have shown. The names of a log are in the same order in one record
     * after the other: each remembers which one came after it, so that the next document needs only a look whether it
     * does again.
     */
    static final class Name {

        /** What the name is the way to; null where nobody wants it. */
        final @Nullable Node node;

        private final byte[] bytes;
        private final int length;
        private final long head;
        private final long tail;

        /**
         * Three words of {@code "name":}, which are all of it up to 24 bytes, and where the second and the third are
         * in it.
         */
        private final long first;

        private final long second;
        private final long last;
        private final int secondAt;
        private final int lastAt;
        private final long mask;
        private final int memberLength;

        /** How many bytes must be there for a look, the words and what comes after the colon. */
        private final int room;

        private @Nullable Name follower;

        private Name(byte[] bytes, @Nullable Node node) {
            this.bytes = bytes;
            this.node = node;
            this.length = bytes.length;
            this.head = Node.head(bytes, 0, length);
            this.tail = Node.tail(bytes, 0, length);
            this.memberLength = length + 3;
            this.room = Math.max(memberLength + 1, Long.BYTES);
            this.lastAt = Math.max(0, memberLength - Long.BYTES);
            this.secondAt = Math.min(Long.BYTES, lastAt);
            this.mask = memberLength < Long.BYTES ? ~(-1L << memberLength * Byte.SIZE) : -1;
            byte[] member = new byte[room];
            System.arraycopy(bytes, 0, member, 1, length);
            member[0] = '"';
            member[length + 1] = '"';
            member[length + 2] = ':';
            this.first = Swar.at(member, 0);
            this.second = Swar.at(member, secondAt);
            this.last = Swar.at(member, lastAt);
        }

        /** The name that came after this one when it was last seen. */
        @Nullable
        Name follower() {
            return follower;
        }

        /** Remembers the name that came after this one; it stood there without escapes. */
        void follower(Name next) {
            follower = next;
        }

        /** Whether {@code "name":} is at a place. */
        boolean isMemberAt(byte[] text, int at, int to) {
            return at <= to - room
                    && ((Swar.at(text, at) ^ first) & mask
                                    | (Swar.at(text, at + secondAt) ^ second) & mask
                                    | (Swar.at(text, at + lastAt) ^ last) & mask)
                            == 0
                    && (memberLength <= 3 * Long.BYTES || isAt(text, at + 1, at + 1 + length));
        }

        /** The bytes of {@code "name":}. */
        int memberLength() {
            return memberLength;
        }

        /** Whether it is at a place where its first and last bytes are. */
        private boolean isAt(byte[] text, int from, int to) {
            return to - from == length && (length <= 2 * Long.BYTES || Arrays.equals(bytes, 0, length, text, from, to));
        }
    }
}
