package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.text.Swar;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts of values that come again and again, such as names of hosts and programs, so that each is made once. The last
 * one is kept for each place in a small table; the place is a hash of the length and the first and last bytes.
 * Not safe for several threads.
 */
final class RecurringTexts {

    private static final int MAX_BYTES = 128;
    private static final int BITS = 9;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    /** A text and the bytes that it was made of. */
    @SuppressWarnings("ArrayRecordComponent")
    private record KnownText(byte[] bytes, String text) {}

    private final @Nullable KnownText[] kept = new KnownText[1 << BITS];
    private final JsonText texts;

    RecurringTexts(JsonText texts) {
        this.texts = texts;
    }

    /** The text between two quotes, or of a number or literal. */
    String of(byte[] bytes, int from, int to, boolean hasEscapes) {
        int length = to - from;
        if (length < Long.BYTES || length > MAX_BYTES) {
            return texts.of(bytes, from, to, hasEscapes);
        }
        long mixed = (Swar.at(bytes, from) * MIX ^ Swar.at(bytes, to - Long.BYTES) ^ length) * MIX;
        int place = (int) (mixed >>> Long.SIZE - BITS);
        KnownText known = kept[place];
        if (known == null || !Arrays.equals(known.bytes, 0, known.bytes.length, bytes, from, to)) {
            known = new KnownText(Arrays.copyOfRange(bytes, from, to), texts.of(bytes, from, to, hasEscapes));
            kept[place] = known;
        }
        return known.text;
    }
}
