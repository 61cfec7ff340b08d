package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.raw.Limits;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads JSON documents into {@link JsonFields}: one pass, no tree, text only of the wanted fields. Nesting, names, numbers and
 * strings are bounded by the parser. Raw control characters in strings are let through, since agents write them.
 *
 * <p>The parser's exceptions are the answer to broken JSON and are left to the caller.
 */
public final class JsonReader {

    private static final int NAME_CHARS = 4096;
    private static final int NUMBER_CHARS = 1000;

    private final JsonFactory factory;
    private final JsonPaths paths;
    private final Limits limits;

    public JsonReader(JsonPaths paths, Limits limits) {
        this.paths = paths;
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .recyclerPool(JsonRecyclerPools.threadLocalPool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNameLength(NAME_CHARS)
                        .maxNumberLength(NUMBER_CHARS)
                        .maxStringLength(limits.valueBytes())
                        .build())
                .build();
        paths.compile(factory);
    }

    public JsonFields newFields() {
        return new JsonFields(paths, limits.fieldChars(), limits.listValues());
    }

    /** A parser on the JSON that begins at {@code from}; its byte offsets count from there. */
    public JsonParser open(byte[] bytes, int from, int to) {
        return factory.createParser(ObjectReadContext.empty(), bytes, from, to - from);
    }

    /**
     * Reads the object that the parser stands at the beginning of.
     *
     * @param base where the parser's byte offsets count from
     */
    public void read(JsonParser parser, byte[] bytes, int base, int start, JsonFields into) {
        into.begin(bytes, start);
        int names = members(parser, base, paths.root, into, false);
        into.end(base + offset(parser), names);
    }

    /**
     * The bytes that a span holds as a document of its own: the text of a string, else the value as it stands.
     */
    public Span open(Span span) {
        try (JsonParser parser = open(span.bytes(), span.from(), span.to())) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                return span;
            }
            byte[] text = parser.getString().getBytes(StandardCharsets.UTF_8);
            return new Span(text, 0, text.length);
        }
    }

    private int members(JsonParser parser, int base, JsonPaths.Node node, JsonFields into, boolean inList) {
        int names = 0;
        PropertyNameMatcher wanted = node.names();
        for (int match = parser.nextNameMatch(wanted); isName(match); match = parser.nextNameMatch(wanted)) {
            names++;
            JsonPaths.Node child = node.child(match, parser);
            JsonToken token = parser.nextToken();
            if (child == null) {
                parser.skipChildren();
            } else {
                value(parser, token, base, child, into, inList);
            }
        }
        return names;
    }

    private static boolean isName(int match) {
        return match >= 0 || match == PropertyNameMatcher.MATCH_UNKNOWN_NAME;
    }

    private void value(
            JsonParser parser, JsonToken token, int base, JsonPaths.Node node, JsonFields into, boolean inList) {
        int start = node.span < 0 || token == JsonToken.VALUE_NULL
                ? -1
                : base + (int) parser.currentTokenLocation().getByteOffset();
        switch (token) {
            case START_OBJECT -> {
                if (node.field >= 0) {
                    if (!inList) {
                        into.clear(node.field);
                    }
                    into.object(node.field);
                }
                if (node.isLeaf()) {
                    parser.skipChildren();
                } else {
                    members(parser, base, node, into, inList);
                }
            }
            case START_ARRAY -> {
                if (node.field >= 0 && !inList) {
                    into.clear(node.field);
                }
                if (node.field < 0 && node.isLeaf()) {
                    parser.skipChildren();
                } else {
                    list(parser, base, node, into);
                }
            }
            case VALUE_NULL -> {}
            default -> {
                if (node.field >= 0) {
                    String text = text(parser, into);
                    if (inList) {
                        into.append(node.field, text);
                    } else {
                        into.set(node.field, text);
                    }
                }
            }
        }
        if (start >= 0) {
            into.span(node.span, start, token.isStructStart() ? base + offset(parser) : JsonFields.OPEN_END);
        }
    }

    private void list(JsonParser parser, int base, JsonPaths.Node node, JsonFields into) {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            value(parser, token, base, node, into, true);
        }
    }

    private static String text(JsonParser parser, JsonFields into) {
        int length = parser.getStringLength();
        if (length <= into.fieldChars()) {
            return parser.getString();
        }
        into.cut();
        char[] chars = parser.getStringCharacters();
        int start = parser.getStringOffset();
        int end = start + into.fieldChars();
        return new String(chars, start, (Character.isHighSurrogate(chars[end - 1]) ? end - 1 : end) - start);
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentLocation().getByteOffset();
    }
}
