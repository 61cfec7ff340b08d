package io.clicktrail.normalizer.format;

import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a vocabulary are in the JSON of one source: each under one name or several, of which the first
 * that says something holds. Placeholders such as {@code N/A} are absent values.
 *
 * @param <F> the vocabulary
 */
public final class FieldTable<F extends Enum<F>> {

    private static final int[] NOWHERE = {};

    private final int[][] slots;

    /**
     * @param names the places of a field with blanks between them; a field that the source does not have is left out
     */
    public FieldTable(JsonPaths paths, Class<F> vocabulary, Map<F, String> names) {
        slots = new int[vocabulary.getEnumConstants().length][];
        Arrays.fill(slots, NOWHERE);
        names.forEach((field, list) -> slots[field.ordinal()] =
                Arrays.stream(list.split(" ")).mapToInt(paths::field).toArray());
    }

    public @Nullable String get(JsonFields document, F field) {
        for (int slot : slots[field.ordinal()]) {
            String value = Placeholders.absent(document.get(slot));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** All values of a field that is a list; one where it is none. */
    public List<String> all(JsonFields document, F field) {
        for (int slot : slots[field.ordinal()]) {
            if (Placeholders.absent(document.get(slot)) != null) {
                return document.all(slot);
            }
        }
        return List.of();
    }
}
