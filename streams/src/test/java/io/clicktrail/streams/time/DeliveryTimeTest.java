package io.clicktrail.streams.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTimeTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration MAX_AHEAD = Duration.ofSeconds(10);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DeliveryTime live = configured(false);
    private final DeliveryTime history = configured(true);

    @ParameterizedTest
    @ValueSource(longs = {-1, -2, Long.MIN_VALUE})
    void anInvalidTimestampIsTheTimeOfArrivalCountedAndMarked(long timestamp) {
        var record = record(timestamp);

        assertThat(live.extract(record, 5)).isEqualTo(NOW.toEpochMilli());
        assertThat(DeliveryTime.isUnknown(record.headers())).isTrue();
        assertThat(counted(DeliveryTime.INVALID)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10.001S", "PT59M", "P1D", "P365D", "P36500D"})
    void aTimestampAheadOfTheWallClockIsTheTimeOfArrival(Duration ahead) {
        var record = record(NOW.plus(ahead).toEpochMilli());

        assertThat(live.extract(record, 5)).isEqualTo(NOW.toEpochMilli());
        assertThat(DeliveryTime.isUnknown(record.headers())).isFalse();
        assertThat(counted(DeliveryTime.AHEAD)).isEqualTo(1);
    }

    @Test
    void theLargestTimestampIsAheadToo() {
        assertThat(live.extract(record(Long.MAX_VALUE), 5)).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void noTimestampGivesATimeThatIsNegativeOrAheadOfTheBound() {
        var random = new SplittableRandom(20_261_130L);
        for (int number = 0; number < 100_000; number++) {
            long timestamp = random.nextLong() >> random.nextInt(Long.SIZE);
            long partitionTime = random.nextLong() >> random.nextInt(Long.SIZE);
            assertThat(live.extract(record(timestamp), partitionTime))
                    .as("timestamp %d", timestamp)
                    .isBetween(0L, NOW.plus(MAX_AHEAD).toEpochMilli());
            assertThat(history.extract(record(timestamp), partitionTime))
                    .as("timestamp %d", timestamp)
                    .isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10S", "PT0S", "PT-1H", "P-20000D"})
    void aTimestampUpToTheBoundIsBelieved(Duration ahead) {
        var record = record(NOW.plus(ahead).toEpochMilli());

        assertThat(live.extract(record, 5)).isEqualTo(record.timestamp());
        assertThat(record.headers()).isEmpty();
    }

    @Test
    void inHistoryNoTimeIsAheadAndAnInvalidOneIsThatOfItsPartition() {
        assertThat(history.extract(record(NOW.plus(Duration.ofDays(365)).toEpochMilli()), 5))
                .isEqualTo(NOW.plus(Duration.ofDays(365)).toEpochMilli());
        assertThat(history.extract(record(-1), 5)).isEqualTo(5);
        assertThat(history.extract(record(-1), -1)).isZero();
        assertThat(counted(DeliveryTime.INVALID)).isEqualTo(2);
    }

    private DeliveryTime configured(boolean isHistory) {
        var configs = new HashMap<>(DeliveryTime.properties(MAX_AHEAD, isHistory));
        configs.put(DeliveryTime.CLOCK, InstantSource.fixed(NOW));
        configs.put(DeliveryTime.METERS, meters);
        var extractor = new DeliveryTime();
        extractor.configure(configs);
        return extractor;
    }

    private double counted(String reason) {
        return Metric.TIMES_REPLACED.counter(meters, "reason", reason).count();
    }

    private static ConsumerRecord<Object, Object> record(long timestamp) {
        return new ConsumerRecord<>(
                "raw",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                1,
                1,
                "k",
                "v",
                new RecordHeaders(),
                Optional.empty());
    }
}
