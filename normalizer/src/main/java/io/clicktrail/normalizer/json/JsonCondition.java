package io.clicktrail.normalizer.json;

import java.util.Arrays;
import java.util.List;

/**
 * What must hold of a JSON document, in one line of text: all of the parts between commas, each one of the terms
 * between bars. A term is a path that holds something, {@code !path} that holds nothing, {@code path{}} an object,
 * {@code path[]} a list or any other value, also an empty one, {@code path=text}, {@code path^beginning}, or {@code #n}
 * for exactly n names at the top.
 */
public final class JsonCondition {

    /** Holds of every document. */
    public static final JsonCondition ALWAYS = new JsonCondition(List.of());

    private final List<List<Term>> all;

    private JsonCondition(List<List<Term>> all) {
        this.all = all;
    }

    public static JsonCondition of(JsonPaths paths, String text) {
        return new JsonCondition(Arrays.stream(text.split(",", -1))
                .map(any -> Arrays.stream(any.split("\\|", -1))
                        .map(term -> Term.of(paths, term))
                        .toList())
                .toList());
    }

    public boolean holds(JsonFields document) {
        for (List<Term> any : all) {
            boolean holds = false;
            for (int i = 0; i < any.size() && !holds; i++) {
                holds = any.get(i).holds(document);
            }
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    /** One thing that must hold. */
    private record Term(Kind kind, int slot, String text, int names) {

        enum Kind {
            PRESENT,
            ABSENT,
            OBJECT,
            LIST,
            EQUAL,
            BEGINS,
            NAMES
        }

        static Term of(JsonPaths paths, String text) {
            if (text.startsWith("#")) {
                return new Term(Kind.NAMES, -1, "", Integer.parseInt(text.substring(1)));
            }
            if (text.startsWith("!")) {
                return new Term(Kind.ABSENT, paths.field(text.substring(1)), "", 0);
            }
            if (text.endsWith("[]")) {
                return new Term(Kind.LIST, paths.span(text.substring(0, text.length() - 2)), "", 0);
            }
            if (text.endsWith("{}")) {
                return new Term(Kind.OBJECT, paths.field(text.substring(0, text.length() - 2)), "", 0);
            }
            int equals = text.indexOf('=');
            if (equals > 0) {
                return new Term(Kind.EQUAL, paths.field(text.substring(0, equals)), text.substring(equals + 1), 0);
            }
            int begins = text.indexOf('^');
            return begins > 0
                    ? new Term(Kind.BEGINS, paths.field(text.substring(0, begins)), text.substring(begins + 1), 0)
                    : new Term(Kind.PRESENT, paths.field(text), "", 0);
        }

        boolean holds(JsonFields document) {
            return switch (kind) {
                case PRESENT -> document.has(slot);
                case ABSENT -> !document.has(slot);
                case OBJECT -> document.isObject(slot);
                case LIST -> document.inner(slot) != null;
                case EQUAL -> text.equals(document.get(slot));
                case BEGINS -> {
                    String value = document.get(slot);
                    yield value != null && value.startsWith(text);
                }
                case NAMES -> document.topLevelNames() == names;
            };
        }
    }
}
