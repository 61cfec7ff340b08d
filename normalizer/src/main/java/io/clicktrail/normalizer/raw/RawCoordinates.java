package io.clicktrail.normalizer.raw;

/**
 * Where a raw record stood.
 *
 * @param topic Kafka topic, or the file of a record that never was in Kafka
 * @param partition Kafka partition, 0 for files
 * @param offset Kafka offset, or the record's index in its file
 * @param deliveredMillis the record's timestamp, ms since 1970, or {@link #UNKNOWN_DELIVERY}
 * @param isDeliveryKnown whether the timestamp is that of the record, or else of its arrival in the service
 */
public record RawCoordinates(String topic, int partition, long offset, long deliveredMillis, boolean isDeliveryKnown) {

    /** The delivery time of a record that has none, such as a line of a file. */
    public static final long UNKNOWN_DELIVERY = -1;

    public RawCoordinates(String topic, int partition, long offset, long deliveredMillis) {
        this(topic, partition, offset, deliveredMillis, true);
    }

    public boolean hasDelivery() {
        return deliveredMillis >= 0;
    }
}
