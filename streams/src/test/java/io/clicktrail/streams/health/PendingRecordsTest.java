package io.clicktrail.streams.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PendingRecordsTest {

    private static final TopicPartition ZERO = new TopicPartition("raw", 0);
    private static final TopicPartition ONE = new TopicPartition("raw", 1);
    private static final Set<TopicPartition> BOTH = Set.of(ZERO, ONE);

    private final PendingRecords pending = new PendingRecords();

    @Test
    void knowsTheOldestThatIsNotCommitted() {
        assertThat(pending.oldest(BOTH)).isEmpty();
        fetch(ZERO, 0, 10, 1_000);
        fetch(ZERO, 10, 20, 2_000);
        fetch(ONE, 5, 9, 1_500);

        assertThat(pending.oldest(BOTH)).hasValue(1_000);
        commit(ZERO, 9);
        assertThat(pending.oldest(BOTH)).hasValue(1_000);
        commit(ZERO, 10);
        assertThat(pending.oldest(BOTH)).hasValue(1_500);
        commit(ONE, 9);
        assertThat(pending.oldest(BOTH)).hasValue(2_000);
        commit(ZERO, 25);
        assertThat(pending.oldest(BOTH)).isEmpty();
    }

    @Test
    void forgetsAPartitionThatHasMoved() {
        fetch(ZERO, 0, 10, 1_000);
        fetch(ONE, 0, 10, 2_000);

        assertThat(pending.oldest()).hasValue(1_000);
        assertThat(pending.oldest(Set.of(ONE))).hasValue(2_000);
        assertThat(pending.oldest(BOTH)).hasValue(2_000);
    }

    @Test
    void countsOnceWhatIsFetchedAgainAfterAFailure() {
        fetch(ZERO, 0, 10, 1_000);
        fetch(ZERO, 10, 20, 2_000);
        fetch(ZERO, 5, 20, 1_100);

        assertThat(pending.oldest(BOTH)).hasValue(1_100);
        commit(ZERO, 20);
        assertThat(pending.oldest(BOTH)).isEmpty();
    }

    private void commit(TopicPartition partition, long offset) {
        pending.committed(Map.of(partition, new OffsetAndMetadata(offset)));
    }

    private void fetch(TopicPartition partition, long from, long to, long delivered) {
        List<ConsumerRecord<byte[], byte[]>> records = LongStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        offset,
                        delivered + offset - from,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        new byte[0],
                        new byte[0],
                        new RecordHeaders(),
                        Optional.empty()))
                .toList();
        pending.fetched(new ConsumerRecords<>(Map.of(partition, records), Map.of()));
    }
}
