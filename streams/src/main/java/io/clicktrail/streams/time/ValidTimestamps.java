package io.clicktrail.streams.time;

import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/**
 * Gives records of global tables (tuning, intel) with an invalid timestamp the time of arrival. Kafka Streams asks no
 * {@link DeliveryTime} for these topics; one such record would end its global thread, at every start again.
 */
public final class ValidTimestamps implements ConsumerInterceptor<byte[], byte[]> {

    private final InstantSource clock = Clock.systemUTC();

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        boolean valid = true;
        for (var each : records) {
            valid &= each.timestamp() >= 0;
        }
        if (valid) {
            return records;
        }
        var repaired = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        for (var partition : records.partitions()) {
            repaired.put(
                    partition,
                    records.records(partition).stream().map(this::valid).toList());
        }
        return new ConsumerRecords<>(repaired, records.nextOffsets());
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    private ConsumerRecord<byte[], byte[]> valid(ConsumerRecord<byte[], byte[]> record) {
        return record.timestamp() >= 0
                ? record
                : new ConsumerRecord<>(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        clock.millis(),
                        TimestampType.CREATE_TIME,
                        record.serializedKeySize(),
                        record.serializedValueSize(),
                        record.key(),
                        record.value(),
                        record.headers(),
                        record.leaderEpoch());
    }
}
