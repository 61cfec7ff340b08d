package io.clicktrail.normalizer.raw;

/**
 * Where a raw record stood.
 *
 * @param topic Kafka topic, or the file of a record that never was in Kafka
 * @param partition Kafka partition, 0 for files
 * @param offset Kafka offset, or the record's index in its file
 * @param deliveredMillis the record's timestamp, ms since 1970, or {@link #UNKNOWN_DELIVERY}
 */
public record RawCoordinates(String topic, int partition, long offset, long deliveredMillis) {

    /** The delivery time of a record that has none, such as a line of a file. */
    public static final long UNKNOWN_DELIVERY = -1;

    public boolean hasDelivery() {
        return deliveredMillis >= 0;
    }
}
