package io.clicktrail.normalizer.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * The members of each object in a JSON array, which {@link JsonFields} cannot keep together. It reads what {@link JsonReader} has gone
 * through before, and so within its bounds.
 */
public final class JsonRows {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private final String[] names;
    private final int most;

    /**
     * @param most the most rows that are read
     * @param names the wanted members
     */
    public JsonRows(int most, String... names) {
        this.most = most;
        this.names = names.clone();
    }

    /** One row for each object of an array, or for the only one; what is no object has none. Values stand in the order of the names. */
    public List<@Nullable String[]> read(@Nullable Span array) {
        if (array == null) {
            return List.of();
        }
        List<@Nullable String[]> rows = new ArrayList<>();
        try (JsonParser parser =
                FACTORY.createParser(ObjectReadContext.empty(), array.bytes(), array.from(), array.length())) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                rows.add(row(parser));
            } else if (token == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY && rows.size() < most) {
                    if (parser.currentToken() == JsonToken.START_OBJECT) {
                        rows.add(row(parser));
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }
        return rows;
    }

    private @Nullable String[] row(JsonParser parser) {
        @Nullable String[] row = new String[names.length];
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                for (int i = 0; i < names.length; i++) {
                    if (names[i].equals(name)) {
                        row[i] = parser.getString();
                    }
                }
            }
        }
        return row;
    }
}
