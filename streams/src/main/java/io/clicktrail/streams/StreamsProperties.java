package io.clicktrail.streams;

import io.clicktrail.streams.failures.ProcessingFailures;
import io.clicktrail.streams.failures.ProductionFailures;
import io.clicktrail.streams.failures.SourceFailures;
import io.clicktrail.streams.settings.StreamsSettings;
import io.clicktrail.streams.time.DeliveryTime;
import io.clicktrail.streams.time.ValidTimestamps;
import io.clicktrail.streams.topics.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/** Turns the settings into a Kafka Streams configuration. */
public final class StreamsProperties {

    /** Kafka's own default. */
    private static final long PRODUCER_BUFFER_BYTES = 32 << 20;

    /**
     * A bug on a record of a global table must not stop the service. Kafka's constant for the key is deprecated, since
     * this is to become the default.
     */
    private static final String GLOBAL_TABLES_TOO = "processing.exception.handler.global.enabled";

    /**
     * Pause before Kafka Streams looks again for an internal topic that it creates, for one topic after another;
     * clients double it with each attempt.
     */
    private static final int PAUSE_MS = 20;

    /**
     * Half a second by default. During a restore each store waits for it, since the broker answers the request for its
     * offsets only after the fetch of the stores before.
     */
    private static final int RESTORE_FETCH_WAIT_MS = 50;

    /**
     * Kafka's default of 16 kB makes a request of the network and an LZ4 block of a few records. A batch is sent when
     * it is full, and by each commit.
     */
    private static final int BATCH_BYTES = 256 << 10;

    /**
     * How long a poll waits for records: 100 ms by default. Requested commits and the clock wait for its end.
     */
    private static final int POLL_MS = 20;

    private StreamsProperties() {}

    /**
     * The configuration of one service.
     *
     * @param deadLetters topic for records that hit a bug
     */
    public static Map<String, Object> of(
            String applicationId, String bootstrapServers, String deadLetters, StreamsSettings settings) {
        int maxBatch = Math.toIntExact(settings.maxRecord().toBytes()) + BoundedClients.BATCH_OVERHEAD_BYTES;
        var properties = new HashMap<String, Object>();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.processingGuarantee());
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, settings.groupProtocol());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.longestCommitInterval().toMillis());
        properties.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
        TopicPlan.leastInSync(settings.replicationFactor())
                .ifPresent(least ->
                        properties.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), least));
        if (settings.groupProtocol().equals("classic")) {
            properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
        }
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SourceFailures.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFailures.class);
        properties.put(GLOBAL_TABLES_TOO, true);
        // The assignor makes a second configuration of what its consumer got, and warns that the key is not set.
        properties.put(StreamsConfig.mainConsumerPrefix(GLOBAL_TABLES_TOO), true);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionFailures.class);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, deadLetters);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(BoundedRocksDb.BLOCK_CACHE_BYTES, settings.blockCache().toBytes());
        properties.put(BoundedRocksDb.WRITE_BUFFER_BYTES, settings.writeBuffer().toBytes());
        properties.putAll(DeliveryTime.properties(settings.maxAhead(), settings.history()));
        properties.put(
                StreamsConfig.globalConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                ValidTimestamps.class.getName());
        // Metrics are exposed for Prometheus; JMX beans and telemetry names for thousands of them would slow down the
        // start.
        properties.put(StreamsConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(StreamsConfig.RETRY_BACKOFF_MS_CONFIG, PAUSE_MS);
        properties.put(
                StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), RESTORE_FETCH_WAIT_MS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), maxBatch);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                Math.max(PRODUCER_BUFFER_BYTES, 2L * maxBatch));
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), maxBatch);
        properties.putAll(settings.properties());
        return properties;
    }
}
