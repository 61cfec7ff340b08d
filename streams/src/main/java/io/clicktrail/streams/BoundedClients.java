package io.clicktrail.streams;

import io.clicktrail.streams.commits.CommitPolicy;
import io.clicktrail.streams.failures.ProductionFailures;
import io.clicktrail.streams.health.PendingRecords;
import io.clicktrail.streams.topics.TopicTable;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka's clients, with a producer that rejects a record that is too large before Kafka's producer does, and a main
 * consumer that asks the {@link CommitPolicy} before each poll and reports what is left on the brokers; the producer
 * reports what it sends.
 *
 * <p>Kafka's producer also aborts the transaction, so the record would be processed again after each abort and block
 * the service (KAFKA-15259). If it is rejected here, it goes to {@link ProductionFailures} and the transaction
 * continues.
 */
final class BoundedClients extends DefaultKafkaClientSupplier {

    /** Maximum overhead of a batch of one record, in addition to key, value and headers. */
    static final int BATCH_OVERHEAD_BYTES = TopicTable.SHIPPED.batchOverheadBytes();

    private static final int HEADER_OVERHEAD_BYTES = 16;

    private final long maxRecordBytes;
    private final String deadLetters;
    private final Counter deadLetterCount;
    private final PendingRecords pending;
    private final CommitPolicy commits;

    /**
     * Clients of one service.
     *
     * @param maxRecordBytes maximum size of key, value and headers of a record together
     * @param deadLetters topic of the dead letters, which are counted
     * @param pending notified of commits by transactions
     * @param commits notified of polls, sent records and commits
     */
    BoundedClients(
            long maxRecordBytes,
            String deadLetters,
            Counter deadLetterCount,
            PendingRecords pending,
            CommitPolicy commits) {
        this.maxRecordBytes = maxRecordBytes;
        this.deadLetters = deadLetters;
        this.deadLetterCount = deadLetterCount;
        this.pending = pending;
        this.commits = commits;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new MainConsumer(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new BoundedProducer(config);
    }

    private final class MainConsumer extends KafkaConsumer<byte[], byte[]> {

        MainConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            var records = super.poll(commits.beforePoll(timeout, System.currentTimeMillis()));
            commits.polled(isAllRead(), newest(records));
            return records;
        }

        private boolean isAllRead() {
            for (TopicPartition partition : assignment()) {
                if (currentLag(partition).orElse(0) > 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            super.commitSync(offsets);
            commits.committed(System.currentTimeMillis());
        }
    }

    private final class BoundedProducer extends KafkaProducer<byte[], byte[]> {

        BoundedProducer(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> next, Callback callback) {
            if (next.topic().equals(deadLetters)) {
                deadLetterCount.increment();
            }
            long bytes = bytes(next);
            if (bytes <= maxRecordBytes) {
                commits.sent(next.topic());
                return super.send(next, callback);
            }
            var tooLarge = new RecordTooLargeException(
                    "The record has " + bytes + " bytes, more than the maximum of " + maxRecordBytes);
            var nowhere = new TopicPartition(next.topic(), next.partition() == null ? -1 : next.partition());
            callback.onCompletion(new RecordMetadata(nowhere, -1, -1, -1, -1, -1), tooLarge);
            return CompletableFuture.failedFuture(tooLarge);
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            super.sendOffsetsToTransaction(offsets, group);
            pending.committed(offsets);
            commits.committed(System.currentTimeMillis());
        }
    }

    /** By the last record of each partition, which is nearly always the newest. */
    private static OptionalLong newest(ConsumerRecords<byte[], byte[]> records) {
        return records.partitions().stream()
                .mapToLong(partition -> records.records(partition).getLast().timestamp())
                .max();
    }

    private static long bytes(ProducerRecord<byte[], byte[]> next) {
        long bytes = length(next.key()) + length(next.value());
        for (var header : next.headers()) {
            bytes += header.key().length() * 3L + length(header.value()) + HEADER_OVERHEAD_BYTES;
        }
        return bytes;
    }

    private static long length(byte[] part) {
        return part == null ? 0 : part.length;
    }
}
