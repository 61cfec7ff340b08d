package io.clicktrail.schemas.tuning;

/**
 * Why a document is refused.
 *
 * @param key element as files name it, or platform, version, document
 * @param entry index of the entry in the element's list, {@link #WHOLE} for the element itself
 * @param reason the mistake in words
 */
public record TuningProblem(String key, int entry, String reason) {

    private static final int WHOLE = -1;

    /** A problem of one entry of an element's list. */
    public static TuningProblem ofEntry(String key, int entry, String reason) {
        return new TuningProblem(key, entry, reason);
    }

    static TuningProblem of(String key, String reason) {
        return new TuningProblem(key, WHOLE, reason);
    }

    static TuningProblem outOf(String range, String key, Object value) {
        return of(key, "must be " + range + " but is " + value);
    }

    @Override
    public String toString() {
        return key + ": " + reason;
    }
}
