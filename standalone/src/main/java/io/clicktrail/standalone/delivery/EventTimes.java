package io.clicktrail.standalone.delivery;

/** Reads the event time of a raw record. */
@FunctionalInterface
public interface EventTimes {
    /** No time is known. */
    long UNKNOWN = Long.MIN_VALUE;

    /** Time of the latest event in the record in milliseconds since 1970, or {@link #UNKNOWN}. */
    long latest(byte[] record);
}
