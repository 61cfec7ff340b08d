package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of each object in a JSON array, which {@link JsonFields} cannot keep together. It reads what {@link
 * JsonReader} has gone through before, and so within its bounds.
 */
public final class JsonRows {

    private static final int MAX_DEPTH = 512;

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

    /**
     * One row for each object of an array, or for the only one; what is no object has none. Values are in the order
     * of the names; those of a list are one text with blanks between them.
     */
    public List<@Nullable String[]> read(@Nullable Span array) {
        if (array == null) {
            return List.of();
        }
        List<@Nullable String[]> rows = new ArrayList<>();
        JsonScanner json = new JsonScanner(array.bytes(), array.from(), array.to(), MAX_DEPTH, new JsonText());
        switch (json.peek()) {
            case '{' -> rows.add(row(json));
            case '[' -> {
                json.enter();
                for (boolean isFirst = true; rows.size() < most && json.next(isFirst, ']'); isFirst = false) {
                    if (json.peek() == '{') {
                        rows.add(row(json));
                    } else {
                        json.skip();
                    }
                }
            }
            default -> {}
        }
        return rows;
    }

    private @Nullable String[] row(JsonScanner json) {
        @Nullable String[] row = new String[names.length];
        json.enter();
        for (boolean isFirst = true; json.next(isFirst, '}'); isFirst = false) {
            json.name();
            String name = json.text();
            byte first = json.peek();
            if (first == '{' || json.isNull()) {
                json.skip();
                continue;
            }
            String value = first == '[' ? list(json) : scalar(json);
            for (int i = 0; i < names.length; i++) {
                if (names[i].equals(name)) {
                    row[i] = value;
                }
            }
        }
        return row;
    }

    private static String scalar(JsonScanner json) {
        json.scalar();
        return json.text();
    }

    /** The scalars of a list, with blanks between them. */
    private static String list(JsonScanner json) {
        StringBuilder joined = new StringBuilder();
        json.enter();
        for (boolean isFirst = true; json.next(isFirst, ']'); isFirst = false) {
            byte first = json.peek();
            if (first == '{' || first == '[') {
                json.skip();
            } else {
                joined.append(joined.isEmpty() ? "" : " ").append(scalar(json));
            }
        }
        return joined.toString();
    }
}
