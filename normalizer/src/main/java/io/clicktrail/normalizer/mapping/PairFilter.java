package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.text.Span;
import java.util.Arrays;

/**
 * Which pairs of neighbouring bytes a line has: a Bloom filter with one hash. A text of which a pair is missing is not
 * in the line; so one look at the line rules out most of the texts that all formats look for. Not safe for several
 * threads.
 */
final class PairFilter {

    private static final int BITS = 1 << 11;
    private static final int FACTOR = 31;

    private final long[] seen = new long[BITS / Long.SIZE];

    static int number(int first, int second) {
        return first * FACTOR + second & BITS - 1;
    }

    void look(Span line) {
        Arrays.fill(seen, 0);
        byte[] bytes = line.bytes();
        for (int at = line.from() + 1; at < line.to(); at++) {
            int pair = number(bytes[at - 1], bytes[at]);
            seen[pair / Long.SIZE] |= 1L << pair;
        }
    }

    /** False where the line does not contain the text. */
    boolean mayContain(Mark mark) {
        for (int pair : mark.pairs()) {
            if ((seen[pair / Long.SIZE] >>> pair & 1) == 0) {
                return false;
            }
        }
        return true;
    }
}
