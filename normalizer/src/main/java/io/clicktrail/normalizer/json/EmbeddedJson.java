package io.clicktrail.normalizer.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON that a source writes as text inside a field, such as {@code "UrlChain":"[\"https://a.example\"]"}. What is
 * broken, cut off or no such JSON says nothing from there on: the record around it is sound.
 */
public final class EmbeddedJson {

    private static final int MAX_DEPTH = 16;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private EmbeddedJson() {}

    /** The texts of members at the top of an object, in the order of the names; null where absent. */
    public static @Nullable String[] members(@Nullable String text, String... names) {
        @Nullable String[] values = new String[names.length];
        if (text == null) {
            return values;
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return values;
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                int at = List.of(names).indexOf(name);
                if (at < 0 || token == JsonToken.VALUE_NULL) {
                    parser.skipChildren();
                } else if (token.isScalarValue()) {
                    values[at] = parser.getString();
                } else {
                    values[at] = String.join(";", texts(parser, null, Integer.MAX_VALUE));
                }
            }
            return values;
        } catch (JacksonException e) {
            return values;
        }
    }

    /** The scalars of a list, or, where a name is given, those of that member of the list's objects. */
    public static List<String> list(@Nullable String text, @Nullable String member, int most) {
        if (text == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>(4);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                collect(parser, member, most, values);
            }
            return values;
        } catch (JacksonException e) {
            return values;
        }
    }

    private static List<String> texts(JsonParser parser, @Nullable String member, int most) {
        List<String> values = new ArrayList<>(4);
        collect(parser, member, most, values);
        return values;
    }

    /** Goes through the list or object that the parser is at the beginning of. */
    private static void collect(JsonParser parser, @Nullable String member, int most, List<String> into) {
        String name = null;
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            switch (token) {
                case START_ARRAY, START_OBJECT -> depth++;
                case END_ARRAY, END_OBJECT -> depth--;
                case PROPERTY_NAME -> name = parser.currentName();
                case VALUE_NULL -> {}
                default -> {
                    if (into.size() < most && (member == null || member.equals(name))) {
                        into.add(parser.getString());
                    }
                }
            }
        }
    }
}
