package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.fields.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wanted fields of one JSON document: numbers, booleans and strings alike as text, {@code null} as absent. Of a key that
 * occurs twice the last value holds. A value by itself is kept as a place in the document, and made a text when it is first asked for. The table
 * is used again for the next document.
 */
public final class JsonFields implements Fields {

    private final @Nullable String[] values;
    private final int[] starts;
    private final int[] ends;
    private final boolean[] areEscaped;
    private final @Nullable List<String>[] lists;
    private final boolean[] objects;
    private final int[] spanStarts;
    private final int[] spanEnds;
    private final int[] touched;
    private final boolean[] isTouched;
    private int touchedCount;
    private final int fieldChars;
    private final int listValues;

    private byte[] bytes = {};
    private int from;
    private int to;
    private int topLevelNames;
    private boolean truncated;

    @SuppressWarnings({"unchecked", "rawtypes"})
    JsonFields(JsonPaths paths, int fieldChars, int listValues) {
        this.values = new String[paths.fields()];
        this.starts = new int[paths.fields()];
        this.ends = new int[paths.fields()];
        this.areEscaped = new boolean[paths.fields()];
        this.lists = new List[paths.fields()];
        this.objects = new boolean[paths.fields()];
        this.spanStarts = new int[paths.spans()];
        this.spanEnds = new int[paths.spans()];
        this.touched = new int[paths.fields()];
        this.isTouched = new boolean[paths.fields()];
        this.fieldChars = fieldChars;
        this.listValues = listValues;
        Arrays.fill(starts, -1);
        Arrays.fill(spanStarts, -1);
    }

    /** The value at a slot; the first one where it is a list; null where it is absent or an object. */
    @Override
    public @Nullable String get(int slot) {
        String value = values[slot];
        if (value == null && starts[slot] >= 0) {
            value = JsonText.of(bytes, starts[slot], ends[slot], areEscaped[slot]);
            values[slot] = value;
        }
        return value;
    }

    /** All values at a slot, in order, empty where it is absent. */
    @Override
    public List<String> all(int slot) {
        List<String> list = lists[slot];
        if (list != null) {
            return list;
        }
        String value = get(slot);
        return value == null ? List.of() : List.of(value);
    }

    /** Whether an object stands at a slot. */
    public boolean isObject(int slot) {
        return objects[slot];
    }

    /** Whether anything but null stands at a slot. */
    @Override
    public boolean has(int slot) {
        return starts[slot] >= 0 || values[slot] != null || objects[slot];
    }

    /** The place of the value at a span slot; null where it is absent. */
    public @Nullable Span inner(int slot) {
        return spanStarts[slot] < 0 ? null : new Span(bytes, spanStarts[slot], spanEnds[slot]);
    }

    /** How many names the document has at its top. */
    public int topLevelNames() {
        return topLevelNames;
    }

    /** Whether a field was cut. */
    @Override
    public boolean truncated() {
        return truncated;
    }

    /** The place of the whole document. */
    public Span span() {
        return new Span(bytes, from, to);
    }

    void begin(byte[] source, int start) {
        for (int i = 0; i < touchedCount; i++) {
            int slot = touched[i];
            clear(slot);
            isTouched[slot] = false;
        }
        touchedCount = 0;
        Arrays.fill(spanStarts, -1);
        bytes = source;
        from = start;
        to = start;
        topLevelNames = 0;
        truncated = false;
    }

    void end(int offset, int names) {
        to = offset;
        topLevelNames = names;
    }

    int fieldChars() {
        return fieldChars;
    }

    void cut() {
        truncated = true;
    }

    void span(int slot, int start, int end) {
        spanStarts[slot] = start;
        spanEnds[slot] = end;
    }

    void object(int slot) {
        touch(slot);
        objects[slot] = true;
    }

    void clear(int slot) {
        values[slot] = null;
        starts[slot] = -1;
        lists[slot] = null;
        objects[slot] = false;
    }

    void set(int slot, String value) {
        empty(slot);
        values[slot] = value;
    }

    /** Keeps where in the document a value stands. */
    void place(int slot, int start, int end, boolean hasEscapes) {
        empty(slot);
        starts[slot] = start;
        ends[slot] = end;
        areEscaped[slot] = hasEscapes;
    }

    void append(int slot, String value) {
        String first = get(slot);
        if (first == null) {
            set(slot, value);
            return;
        }
        List<String> list = lists[slot];
        if (list == null) {
            list = new ArrayList<>();
            list.add(first);
            lists[slot] = list;
        }
        if (list.size() < listValues) {
            list.add(value);
        } else {
            truncated = true;
        }
    }

    /** Makes room for a value, which takes the place of an earlier one. */
    private void empty(int slot) {
        if (isTouched[slot]) {
            clear(slot);
        } else {
            touch(slot);
        }
    }

    private void touch(int slot) {
        if (!isTouched[slot]) {
            isTouched[slot] = true;
            touched[touchedCount++] = slot;
        }
    }
}
