package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * Reads names and texts whose names are not known beforehand out of a JSON value: the members of an object, of objects
 * in it and in lists, rows such as {@code {"@Name":..,"#text":..}}, and the texts of a list without names. It reads
 * what {@link JsonReader} has gone through before, or a text whose depth it bounds itself.
 */
public final class JsonMembers {

    private static final int MAX_DEPTH = 32;

    private JsonMembers() {}

    /** Takes what is read, in the order of the document. */
    public interface Visitor {
        /** A member; {@code null} is left out. */
        void member(String name, String text);

        /** A text in a list, which has no name. */
        void element(String text);
    }

    /**
     * Reads a value.
     *
     * @throws JsonFault if it is broken or nested too deep
     */
    public static void read(Span value, Visitor visitor) {
        JsonScanner json = new JsonScanner(value.bytes(), value.from(), value.to(), MAX_DEPTH, new JsonText());
        value(json, null, visitor, false);
    }

    private static void value(JsonScanner json, @Nullable String name, Visitor visitor, boolean isInList) {
        switch (json.peek()) {
            case '{' -> object(json, visitor, isInList);
            case '[' -> {
                json.enter();
                for (boolean isFirst = true; json.next(isFirst, ']'); isFirst = false) {
                    value(json, name, visitor, true);
                }
            }
            default -> {
                boolean isAbsent = json.isNull();
                json.scalar();
                if (isAbsent) {
                    return;
                }
                if (name == null || isInList) {
                    visitor.element(json.text());
                } else {
                    visitor.member(name, json.text());
                }
            }
        }
    }

    private static void object(JsonScanner json, Visitor visitor, boolean isInList) {
        String rowName = null;
        String rowText = null;
        json.enter();
        for (boolean isFirst = true; json.next(isFirst, '}'); isFirst = false) {
            json.name();
            String name = json.text();
            byte first = json.peek();
            boolean isScalar = first != '{' && first != '[';
            if (isInList && isScalar && (name.equals("@Name") || name.equalsIgnoreCase("name"))) {
                json.scalar();
                rowName = json.text();
            } else if (isInList && isScalar && (name.equals("#text") || name.equalsIgnoreCase("text"))) {
                json.scalar();
                rowText = json.text();
            } else {
                value(json, name, visitor, false);
            }
        }
        if (rowName != null && rowText != null) {
            visitor.member(rowName, rowText);
        }
    }
}
