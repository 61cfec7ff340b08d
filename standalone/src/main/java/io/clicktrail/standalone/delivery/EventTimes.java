package io.clicktrail.standalone.delivery;

/** Reads the event time of a raw record. */
@FunctionalInterface
public interface EventTimes {
    /** No time is known. */
    long UNKNOWN = Long.MIN_VALUE;

    /** The same where no time near is known. */
    default long latest(byte[] record) {
        return latest(record, UNKNOWN);
    }

    /**
     * Time of the latest event in the record in milliseconds since 1970, or {@link #UNKNOWN}.
     *
     * @param near a time that decides the year of times without one; {@link #UNKNOWN} where none is known, so that such
     *     times are not either
     */
    long latest(byte[] record, long near);
}
