package io.clicktrail.normalizer.fields;

import io.clicktrail.normalizer.event.Placeholders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wanted values of a record that is text. Placeholders are absent; of a name that occurs twice the first value
 * holds.
 */
public final class TextFields implements Fields {

    private static final char NO_LISTS = 0;

    private final @Nullable String[] values;
    private final int fieldChars;
    private final char listSeparator;
    private boolean truncated;

    /** @param fieldChars the longest value that is kept, UTF-16 units */
    public TextFields(FieldNames names, int fieldChars) {
        this(names, fieldChars, NO_LISTS);
    }

    /** @param listSeparator what separates the values of a list */
    public TextFields(FieldNames names, int fieldChars, char listSeparator) {
        this.values = new String[names.size()];
        this.fieldChars = fieldChars;
        this.listSeparator = listSeparator;
    }

    @Override
    public @Nullable String get(int slot) {
        return values[slot];
    }

    @Override
    public List<String> all(int slot) {
        String value = values[slot];
        if (value == null) {
            return List.of();
        }
        if (listSeparator == NO_LISTS || value.indexOf(listSeparator) < 0) {
            return List.of(value);
        }
        List<String> list = new ArrayList<>(4);
        int from = 0;
        for (int at = value.indexOf(listSeparator); at >= 0; at = value.indexOf(listSeparator, from)) {
            list.add(value.substring(from, at));
            from = at + 1;
        }
        list.add(value.substring(from));
        return list;
    }

    @Override
    public boolean has(int slot) {
        return values[slot] != null;
    }

    @Override
    public boolean truncated() {
        return truncated;
    }

    /** Takes a value within a text, if the slot is wanted and still free. */
    public void take(int slot, String text, int from, int to) {
        if (slot == FieldNames.NONE || values[slot] != null || to <= from) {
            return;
        }
        int end = to;
        if (end - from > fieldChars) {
            truncated = true;
            end = from + fieldChars;
            end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        }
        values[slot] = Placeholders.absent(text, from, end);
    }
}
