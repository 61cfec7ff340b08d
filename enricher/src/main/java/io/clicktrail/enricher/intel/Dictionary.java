package io.clicktrail.enricher.intel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for texts that recur, such as the names of sources. One thread adds, any number read without a lock. Texts
 * are never forgotten; what finds no room has no number.
 */
final class Dictionary {

    private static final int FIRST_SIZE = 16;

    private final int capacity;
    private final int maxLength;
    private final Map<String, Integer> numbers = new HashMap<>();
    private volatile String[] texts = new String[FIRST_SIZE];

    /** @param capacity greatest number of texts @param maxLength of a text, in characters */
    Dictionary(int capacity, int maxLength) {
        this.capacity = capacity;
        this.maxLength = maxLength;
    }

    /** The number of a text, from 0; -1 where there is no room for it. Only for the thread that adds. */
    int numberOf(String text) {
        @Nullable Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        if (number >= capacity || text.length() > maxLength) {
            return -1;
        }
        String[] all = texts;
        if (number == all.length) {
            all = Arrays.copyOf(all, 2 * number);
        }
        all[number] = text;
        texts = all;
        numbers.put(text, number);
        return number;
    }

    String text(int number) {
        return texts[number];
    }
}
