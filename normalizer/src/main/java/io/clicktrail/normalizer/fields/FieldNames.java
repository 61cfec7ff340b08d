package io.clicktrail.normalizer.fields;

import org.jspecify.annotations.Nullable;

/**
 * The names that a format wants out of its records, each with its slot. Letters count alike in both cases, for feeds
 * are configured by hand; a name is found in a text without making a string of it.
 */
public final class FieldNames {

    /** The slot of a name that nobody wants. */
    public static final int NONE = -1;

    private @Nullable String[] table = new String[64];
    private int[] slots = new int[64];
    private int size;
    private int entries;

    /** The slot of a name, the same for every call. */
    public int slot(String name) {
        int found = find(name, 0, name.length());
        if (found != NONE) {
            return found;
        }
        put(name, size);
        return size++;
    }

    /** The slot of a value that is written under one of several names. */
    public int slot(String name, String... others) {
        int slot = slot(name);
        for (String other : others) {
            if (find(other, 0, other.length()) == NONE) {
                put(other, slot);
            }
        }
        return slot;
    }

    /** The slots of a row's columns, in order; {@link #NONE} for those that nobody wants. */
    public int[] columns(String... names) {
        int[] columns = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            columns[i] = find(names[i], 0, names[i].length());
        }
        return columns;
    }

    /** How many slots there are. */
    public int size() {
        return size;
    }

    /** The slot of a name within a text, or {@link #NONE}. */
    public int find(String text, int from, int to) {
        int mask = table.length - 1;
        for (int i = hash(text, from, to) & mask; ; i = i + 1 & mask) {
            String name = table[i];
            if (name == null) {
                return NONE;
            }
            if (name.length() == to - from && name.regionMatches(true, 0, text, from, to - from)) {
                return slots[i];
            }
        }
    }

    private void grow() {
        @Nullable String[] names = table;
        int[] numbers = slots;
        table = new String[names.length * 2];
        slots = new int[table.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            if (name != null) {
                place(name, numbers[i]);
            }
        }
    }

    private void put(String name, int slot) {
        if (++entries * 2 >= table.length) {
            grow();
        }
        place(name, slot);
    }

    private void place(String name, int slot) {
        int mask = table.length - 1;
        int i = hash(name, 0, name.length()) & mask;
        while (table[i] != null) {
            i = i + 1 & mask;
        }
        table[i] = name;
        slots[i] = slot;
    }

    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + (text.charAt(i) | 0x20);
        }
        return hash ^ hash >>> 15;
    }
}
