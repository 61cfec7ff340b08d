package io.clicktrail.streams.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ProducerTimesTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ProducerTimes times = new ProducerTimes(Set.of("raw"), meters);

    @Test
    void countsATopicWithTheTimeOfItsProducersUntilItHasTheBrokers() {
        times.fetched(batch("raw", TimestampType.CREATE_TIME, 1));
        times.fetched(batch("raw", TimestampType.CREATE_TIME, 1));
        assertThat(differing()).isEqualTo(1);

        times.fetched(batch("raw", TimestampType.LOG_APPEND_TIME, 1));
        assertThat(differing()).isZero();
    }

    @Test
    void expectsNothingOfTopicsThatServicesWrite() {
        times.fetched(batch("events", TimestampType.CREATE_TIME, 1));

        assertThat(differing()).isZero();
    }

    @Test
    void aRecordOfAGlobalTableWithAnInvalidTimestampIsRepairedAndTheOthersStay() {
        var repairing = new ValidTimestamps();
        long before = System.currentTimeMillis();

        var valid = batch("tuning", TimestampType.CREATE_TIME, 7);
        assertThat(repairing.onConsume(valid)).isSameAs(valid);
        assertThat(repairing.onConsume(batch("tuning", TimestampType.CREATE_TIME, -1, 7)))
                .satisfiesExactly(
                        first -> assertThat(first.timestamp()).isGreaterThanOrEqualTo(before),
                        second -> assertThat(second.timestamp()).isEqualTo(7));
    }

    private double differing() {
        return meters.get(Metric.PRODUCER_TIMES.id()).gauge().value();
    }

    private static ConsumerRecords<byte[], byte[]> batch(String topic, TimestampType type, long... timestamps) {
        var records = Arrays.stream(timestamps)
                .mapToObj(timestamp -> new ConsumerRecord<>(
                        topic,
                        0,
                        timestamp,
                        timestamp,
                        type,
                        1,
                        1,
                        new byte[] {1},
                        new byte[] {2},
                        new RecordHeaders(),
                        Optional.<Integer>empty()))
                .toList();
        return new ConsumerRecords<>(Map.of(new TopicPartition(topic, 0), List.copyOf(records)), Map.of());
    }
}
