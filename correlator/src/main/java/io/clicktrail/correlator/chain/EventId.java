package io.clicktrail.correlator.chain;

/**
 * The 128 bits of an event id.
 *
 * @param high first 16 hex digits
 * @param low last 16 hex digits
 */
public record EventId(long high, long low) implements Comparable<EventId> {

    private static final int DIGITS = 32;

    /** The id behind 32 lower-case hex digits; any other text, which the contract does not know, is hashed instead. */
    public static EventId of(String text) {
        if (text.length() != DIGITS) {
            return hashed(text);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0) {
                return hashed(text);
            }
            if (i < DIGITS / 2) {
                high = high << 4 | digit;
            } else {
                low = low << 4 | digit;
            }
        }
        return new EventId(high, low);
    }

    private static int digit(char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    private static EventId hashed(String text) {
        return new EventId(Fingerprint.of(text), Fingerprint.of(text + text.length()));
    }

    /** Order of the hex digits. */
    @Override
    public int compareTo(EventId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
}
