package io.clicktrail.benchmarks.faults;

import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records that nobody should have written. None of them can be an event. */
enum Poison {
    /** No text, no known binary form. */
    BAD_BYTES(Place.RAW, new byte[] {(byte) 0xc3, 0x28, (byte) 0xa0, (byte) 0xff, (byte) 0xfe, 0x00}),
    /** Nothing at all, as a tombstone. */
    NO_VALUE(Place.RAW, null),
    /** Larger than what the normalizer reads. */
    HUGE(Place.RAW, filled(10 << 20)),
    /** Kafka timestamp -1, as old clients write. */
    NO_TIMESTAMP(Place.RAW, new byte[] {1, 2, 3}) {
        @Override
        ProducerRecord<byte @Nullable [], byte @Nullable []> record(String topic, int partition, long at) {
            return new ProducerRecord<>(topic, partition, null, value()) {
                @Override
                public Long timestamp() {
                    return -1L;
                }
            };
        }
    },
    /** First byte that is not the registry's. */
    WRONG_MAGIC(Place.EVENTS, new byte[] {9, 0, 0, 0, 1, 2, 3}),
    /** Schema id that the registry does not know. */
    UNKNOWN_SCHEMA(Place.EVENTS, new byte[] {0, 0x7f, 0x7f, 0x7f, 0x7f, 2, 3}),
    /** Ends within the id of its schema. */
    SHORT(Place.EVENTS, new byte[] {0, 0});

    private final Place place;
    private final byte @Nullable [] value;

    Poison(Place place, byte @Nullable [] value) {
        this.place = place;
        this.value = value;
    }

    /** Topic that it is written to. */
    enum Place {
        RAW,
        EVENTS
    }

    Place place() {
        return place;
    }

    byte @Nullable [] value() {
        return value;
    }

    /** @param at Kafka timestamp, milliseconds since 1970 */
    ProducerRecord<byte @Nullable [], byte @Nullable []> record(String topic, int partition, long at) {
        return new ProducerRecord<>(topic, partition, at, null, value);
    }

    private static byte[] filled(int bytes) {
        var all = new byte[bytes];
        Arrays.fill(all, (byte) 'x');
        return all;
    }
}
