package io.clicktrail.benchmarks.peers.kafka;

import io.clicktrail.benchmarks.chains.ChainMatch;
import io.clicktrail.benchmarks.peers.chain.PeerOptions;
import io.clicktrail.benchmarks.peers.chain.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Passes evidence to a library and writes the chains that it finds. What the library holds in memory is lost at a
 * restart, and a chain may be written twice.
 */
public final class ConsumeLoop {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int BATCH_BYTES = 256 << 10;

    private ConsumeLoop() {}

    /** Takes steps in the order of their arrival. */
    @FunctionalInterface
    public interface Library {

        /** Takes the next one. */
        void take(Step step);
    }

    /** Makes a library that hands over what it finds. */
    @FunctionalInterface
    public interface Maker {

        /** Makes it. */
        Library make(Consumer<ChainMatch> found) throws Exception;
    }

    /** Runs until the process ends. */
    public static void run(PeerOptions options, Maker maker) throws Exception {
        var evidence = options.evidence().deserializer();
        try (var consumer = new KafkaConsumer<>(consumerProperties(options), new StringDeserializer(), evidence);
                var producer = new KafkaProducer<>(
                        producerProperties(options), new StringSerializer(), new StringSerializer())) {
            var library = maker.make(
                    chain -> producer.send(new ProducerRecord<>(options.output(), chain.host(), chain.text())));
            consumer.subscribe(List.of(options.input()));
            long committed = System.currentTimeMillis();
            while (true) {
                for (var record : consumer.poll(POLL)) {
                    library.take(Step.of(record.value()));
                }
                if (System.currentTimeMillis() - committed >= options.commitMillis()) {
                    producer.flush();
                    consumer.commitSync();
                    committed = System.currentTimeMillis();
                }
            }
        }
    }

    private static Map<String, Object> consumerProperties(PeerOptions options) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                options.bootstrap(),
                ConsumerConfig.GROUP_ID_CONFIG,
                options.group(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
    }

    private static Map<String, Object> producerProperties(PeerOptions options) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                options.bootstrap(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES);
    }
}
