package io.clicktrail.standalone.reading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The names and values that a document shows by its form alone, whatever its format: the leaves of JSON, the elements
 * and attributes of XML, pairs of a line. A line without names has none.
 *
 * <p>Bounds: the first {@value #MAX_CHARACTERS} characters, {@value #MAX_VALUES} values.
 */
public final class NamedValues {

    static final int MAX_CHARACTERS = 65_536;
    static final int MAX_VALUES = 1000;

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern XML =
            Pattern.compile("<(?:Data|SimpleData) Name=['\"]([^'\"]{1,200})['\"]\\s*>([^<]*)<"
                    + "|<([A-Za-z_][\\w.-]*)[^<>]*>([^<]+)<"
                    + "|\\s([A-Za-z_]\\w*)=['\"]([^'\"]*)['\"]");
    private static final Pattern PAIRS =
            Pattern.compile("([A-Za-z_][\\w.()-]{0,63})(?:=|:(?=\"))(?:\"((?:\\\\.|[^\"\\\\])*)\"|([^\\s,;|]+))");

    private NamedValues() {}

    static List<NamedValue> of(String document) {
        String text = document.strip();
        if (text.startsWith("{")) {
            return json(text);
        }
        String head = text.substring(0, Math.min(text.length(), MAX_CHARACTERS));
        return head.startsWith("<") && head.indexOf("</") > 0 ? matches(XML, head) : matches(PAIRS, head);
    }

    /** The leaves of a JSON document, up to where it breaks off; the values of a list have its name. */
    public static List<NamedValue> json(String text) {
        List<NamedValue> values = new ArrayList<>();
        Deque<String> names = new ArrayDeque<>();
        Deque<String> prefixes = new ArrayDeque<>();
        String name = "";
        String prefix = "";
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case PROPERTY_NAME -> name = parser.currentName();
                    case START_OBJECT -> {
                        names.addLast(name);
                        prefixes.addLast(prefix);
                        prefix = joined(prefix, name);
                        name = "";
                    }
                    case END_OBJECT -> {
                        name = names.removeLast();
                        prefix = prefixes.removeLast();
                        if (names.isEmpty()) {
                            return values;
                        }
                    }
                    case START_ARRAY, END_ARRAY -> {}
                    default -> {
                        if (values.size() == MAX_VALUES) {
                            return values;
                        }
                        values.add(new NamedValue(joined(prefix, name), parser.getString()));
                    }
                }
            }
        } catch (JacksonException e) {
            return values;
        }
        return values;
    }

    private static String joined(String prefix, String name) {
        return prefix.isEmpty() || name.isEmpty() ? prefix + name : prefix + "." + name;
    }

    private static List<NamedValue> matches(Pattern pattern, String text) {
        List<NamedValue> values = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (values.size() < MAX_VALUES && matcher.find()) {
            String name = group(matcher, 1);
            values.add(
                    pattern == PAIRS
                            ? new NamedValue(name == null ? "" : name, either(group(matcher, 2), group(matcher, 3)))
                            : new NamedValue(
                                    either(name, either(group(matcher, 3), group(matcher, 5))),
                                    either(group(matcher, 2), either(group(matcher, 4), group(matcher, 6)))));
        }
        return values;
    }

    private static @Nullable String group(Matcher matcher, int number) {
        return matcher.group(number);
    }

    private static String either(@Nullable String first, @Nullable String second) {
        return first != null ? first : second != null ? second : "";
    }
}
