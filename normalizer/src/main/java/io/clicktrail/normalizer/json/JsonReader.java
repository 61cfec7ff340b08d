package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON documents into {@link JsonFields}: one pass, no tree, text only of the wanted fields. Not safe for several
 * threads.
 *
 * <p>The reader descends with the document through the tree of {@link JsonPaths}: a member whose name is on no wanted
 * path is skipped without a lookup further down. It stores positions, and texts are made when a format asks. So the
 * cost is linear in the bytes of the document, and the memory is that of the wanted fields.
 *
 * <p>Broken JSON ends in a {@link JsonFault}, which is left to the caller.
 */
public final class JsonReader {

    private final JsonPaths paths;
    private final InputLimits limits;
    private final JsonText texts = new JsonText();
    private final RecurringTexts recurringTexts = new RecurringTexts(texts);

    public JsonReader(JsonPaths paths, InputLimits limits) {
        this.paths = paths;
        this.limits = limits;
        paths.compile();
    }

    public JsonFields newFields() {
        return new JsonFields(paths, texts, recurringTexts, limits.fieldChars(), limits.listValues());
    }

    /** Has bytes from now on taken for ASCII, which is read with less ado. */
    public void ascii(byte[] bytes) {
        texts.ascii(bytes);
    }

    /** A cursor on the JSON that begins at {@code from}. */
    public JsonScanner open(byte[] bytes, int from, int to) {
        return new JsonScanner(bytes, from, to, limits.depth(), texts);
    }

    /** Reads the object that the cursor is at the beginning of. */
    public void read(JsonScanner json, byte[] bytes, JsonFields into) {
        into.begin(bytes, json.at());
        int names = members(json, bytes, paths.root, into, false);
        into.end(json.at(), names);
    }

    /**
     * The bytes that a span holds as a document of its own: the text of a string, else the value as written.
     */
    public Span open(Span span) {
        JsonScanner json = open(span.bytes(), span.from(), span.to());
        if (json.peek() != '"') {
            return span;
        }
        json.scalar();
        if (!json.hasEscapes()) {
            return new Span(span.bytes(), json.textFrom(), json.textTo());
        }
        byte[] text = json.text().getBytes(StandardCharsets.UTF_8);
        return new Span(text, 0, text.length);
    }

    private int members(JsonScanner json, byte[] bytes, JsonPaths.Node node, JsonFields into, boolean inList) {
        int names = 0;
        json.enter();
        JsonPaths.Name last = node.start();
        for (; json.next(names == 0, '}'); names++) {
            JsonPaths.Name name = last == null ? null : last.follower();
            if (name == null || !json.isName(name)) {
                name = name(json, bytes, node, last);
            }
            JsonPaths.Node child = name == null ? null : name.node;
            if (child == null) {
                json.skip();
            } else {
                value(json, bytes, child, into, inList);
            }
            last = name;
        }
        return names;
    }

    /** Reads a name that is not the one that was expected after another. */
    private static JsonPaths.@Nullable Name name(
            JsonScanner json, byte[] bytes, JsonPaths.Node node, JsonPaths.@Nullable Name last) {
        json.name();
        if (json.hasEscapes()) {
            byte[] plain = json.text().getBytes(StandardCharsets.UTF_8);
            return node.known(plain, 0, plain.length);
        }
        JsonPaths.Name name = node.known(bytes, json.textFrom(), json.textTo());
        if (name == null) {
            name = node.learn(bytes, json.textFrom(), json.textTo());
        }
        if (name != null && last != null) {
            last.follower(name);
        }
        return name;
    }

    private void value(JsonScanner json, byte[] bytes, JsonPaths.Node node, JsonFields into, boolean inList) {
        int start = json.at();
        switch (bytes[start]) {
            case '"' -> {
                json.string();
                if (node.field >= 0) {
                    scalar(json, node.field, into, inList);
                }
            }
            case 'n' -> {
                json.scalar();
                return;
            }
            case '{' -> {
                if (node.field >= 0) {
                    if (!inList) {
                        into.clear(node.field);
                    }
                    into.object(node.field);
                }
                if (node.isLeaf()) {
                    json.skip();
                } else {
                    members(json, bytes, node, into, inList);
                }
            }
            case '[' -> {
                if (node.field >= 0 && !inList) {
                    into.clear(node.field);
                }
                if (node.field < 0 && node.isLeaf()) {
                    json.skip();
                } else {
                    list(json, bytes, node, into);
                }
            }
            default -> {
                json.scalar();
                if (node.field >= 0) {
                    scalar(json, node.field, into, inList);
                }
            }
        }
        if (node.span >= 0) {
            into.span(node.span, start, json.at());
        }
    }

    private void list(JsonScanner json, byte[] bytes, JsonPaths.Node node, JsonFields into) {
        json.enter();
        for (boolean isFirst = true; json.next(isFirst, ']'); isFirst = false) {
            value(json, bytes, node, into, true);
        }
    }

    private static void scalar(JsonScanner json, int field, JsonFields into, boolean inList) {
        if (!inList && json.textTo() - json.textFrom() <= into.fieldChars()) {
            into.place(field, json.textFrom(), json.textTo(), json.hasEscapes());
            return;
        }
        String text = cut(json.text(), into);
        if (inList) {
            into.append(field, text);
        } else {
            into.set(field, text);
        }
    }

    private static String cut(String text, JsonFields into) {
        if (text.length() <= into.fieldChars()) {
            return text;
        }
        into.cut();
        int end = into.fieldChars();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
