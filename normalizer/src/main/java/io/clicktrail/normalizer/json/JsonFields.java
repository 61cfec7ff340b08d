package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.fields.Fields;
import io.clicktrail.normalizer.text.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wanted fields of one JSON document: numbers, booleans and strings alike as text, {@code null} as absent. Of a key
 * that occurs twice the last value holds. A value by itself is kept as a place in the document, and made a text when it
 * is first asked for. The table is used again for the next document.
 */
public final class JsonFields implements Fields {

    private static final long TOUCHED = 1;
    private static final long OBJECT = 2;
    private static final long VALUE = 4;
    private static final long ESCAPED = 8;
    private static final int LENGTH_SHIFT = 4;
    private static final int START_SHIFT = 34;
    private static final int PLACE_MASK = (1 << 30) - 1;

    /** What is known of a slot: flags, above them 30 bits of how long its value is, and above these where it begins. */
    private final long[] states;

    private final @Nullable String[] values;
    private final @Nullable List<String>[] lists;
    private final int[] spanStarts;
    private final int[] spanEnds;
    private final int[] touched;
    private int touchedCount;
    private final boolean[] areRecurring;
    private final JsonText texts;
    private final RecurringTexts recurringTexts;
    private final int fieldChars;
    private final int listValues;

    private byte[] bytes = {};
    private int from;
    private int to;
    private int topLevelNames;
    private boolean truncated;

    @SuppressWarnings({"unchecked", "rawtypes"})
    JsonFields(JsonPaths paths, JsonText texts, RecurringTexts recurringTexts, int fieldChars, int listValues) {
        this.states = new long[paths.fields()];
        this.values = new String[paths.fields()];
        this.lists = new List[paths.fields()];
        this.spanStarts = new int[paths.spans()];
        this.spanEnds = new int[paths.spans()];
        this.touched = new int[paths.fields()];
        this.areRecurring = new boolean[paths.fields()];
        this.texts = texts;
        this.recurringTexts = recurringTexts;
        this.fieldChars = fieldChars;
        this.listValues = listValues;
        Arrays.fill(spanStarts, -1);
        for (int i = 0; i < areRecurring.length; i++) {
            areRecurring[i] = paths.isRecurring(i);
        }
    }

    /** The value at a slot; the first one where it is a list; null where it is absent or an object. */
    @Override
    public @Nullable String get(int slot) {
        long state = states[slot];
        if ((state & VALUE) == 0) {
            return null;
        }
        String value = values[slot];
        return value == null ? text(slot, state) : value;
    }

    private String text(int slot, long state) {
        int start = (int) (state >>> START_SHIFT);
        int end = start + ((int) (state >>> LENGTH_SHIFT) & PLACE_MASK);
        boolean hasEscapes = (state & ESCAPED) != 0;
        String value = areRecurring[slot]
                ? recurringTexts.of(bytes, start, end, hasEscapes)
                : texts.of(bytes, start, end, hasEscapes);
        values[slot] = value;
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

    /** Whether an object is at a slot. */
    public boolean isObject(int slot) {
        return (states[slot] & OBJECT) != 0;
    }

    /** Whether anything but null is at a slot. */
    @Override
    public boolean has(int slot) {
        return (states[slot] & (VALUE | OBJECT)) != 0;
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
            states[slot] = 0;
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
        states[slot] |= OBJECT;
    }

    void clear(int slot) {
        if ((states[slot] & VALUE) != 0) {
            values[slot] = null;
            lists[slot] = null;
        }
        states[slot] &= TOUCHED;
    }

    void set(int slot, String value) {
        touch(slot);
        clear(slot);
        states[slot] |= VALUE;
        values[slot] = value;
    }

    /** Keeps where in the document a value is. */
    void place(int slot, int start, int end, boolean hasEscapes) {
        if (states[slot] == 0) {
            touched[touchedCount++] = slot;
        } else {
            clear(slot);
        }
        states[slot] = (long) start << START_SHIFT
                | (long) (end - start) << LENGTH_SHIFT
                | (hasEscapes ? ESCAPED : 0)
                | VALUE
                | TOUCHED;
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

    private void touch(int slot) {
        if (states[slot] == 0) {
            states[slot] = TOUCHED;
            touched[touchedCount++] = slot;
        }
    }
}
