package io.clicktrail.streams.testkit;

import io.clicktrail.local.LocalBroker;
import io.clicktrail.local.LocalRegistry;
import io.clicktrail.schemas.AvroSerdes;
import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.topics.TopicPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * A real broker and a real registry for integration tests: one process each per JVM, started when first asked for and
 * stopped after the last test.
 *
 * <p>Use as {@code @RegisterExtension static final LocalStack STACK = new LocalStack();}. Tests keep apart by the
 * prefix of their topics.
 */
public final class LocalStack implements BeforeAllCallback {

    /** Records of tests bear times of any age, and none may be deleted for it. */
    private static final Duration KEPT = Duration.ofDays(36_500);

    private static final Duration RECEIVE_TIMEOUT = Duration.ofSeconds(180);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LocalStack.class);

    private static @Nullable Shared shared;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, type -> Shared.take(Path.of("target", "local-stack")), Shared.class);
    }

    public String bootstrapServers() {
        return running().broker().bootstrapServers();
    }

    /** Base address of the registry's Confluent API. */
    public String registryUrl() {
        return running().registry().url();
    }

    public LocalBroker broker() {
        return running().broker();
    }

    public LocalRegistry registry() {
        return running().registry();
    }

    public void restartBroker() {
        broker().restart();
    }

    public void stopRegistry() {
        registry().stop();
    }

    public void startRegistry() {
        registry().start();
    }

    /** Our serdes on the real registry. */
    public AvroSerdes serdes() {
        return new RegistrySerdes(new HttpSchemaRegistry(new HttpSchemaRegistry.Options(
                List.of(URI.create(registryUrl())),
                true,
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                3,
                Duration.ofSeconds(1))));
    }

    /** The catalogue under a prefix of the test's own, with topics created on the broker. */
    public Topics topics(String prefix) {
        return topics(prefix, TopicPlan.DEFAULT.partitions());
    }

    public Topics topics(String prefix, int partitions) {
        var topics = Topics.of(prefix, Topics.DEFAULT_RAW, serdes());
        createTopics(topics, partitions);
        return topics;
    }

    public void createTopics(Topics topics) {
        createTopics(topics, TopicPlan.DEFAULT.partitions());
    }

    private void createTopics(Topics topics, int partitions) {
        var plan = TopicPlan.DEFAULT;
        try (var admin = admin()) {
            new TopicPlan(partitions, plan.replicationFactor(), KEPT, plan.maxRecordBytes(), true)
                    .createAndAwaitLeaders(topics, admin);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /** Writes the records in their order, and returns when the broker has them. */
    public <K, V> void produce(Topic<K, V> topic, List<ProducerRecord<K, V>> records) {
        try (var producer = producer(topic)) {
            var sent = new ArrayList<Future<?>>();
            for (var next : records) {
                sent.add(producer.send(next));
            }
            for (var answer : sent) {
                answer.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Can't write to " + topic.name(), e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Writes one record. */
    public <K, V> void produce(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        produce(topic, List.of(new ProducerRecord<>(topic.name(), key, value)));
    }

    /** The first {@code count} committed records of a topic, from its beginning; fails after a minute. */
    public <K, V> List<ConsumerRecord<K, V>> consume(Topic<K, V> topic, int count) {
        return consumeUntil(topic, records -> records.size() >= count);
    }

    /** The committed records of a topic from its beginning until they suffice; fails after a minute. */
    public <K, V> List<ConsumerRecord<K, V>> consumeUntil(
            Topic<K, V> topic, Predicate<List<ConsumerRecord<K, V>>> enough) {
        var received = new ArrayList<ConsumerRecord<K, V>>();
        try (var consumer = consumer(topic)) {
            long end = System.nanoTime() + RECEIVE_TIMEOUT.toNanos();
            while (!enough.test(received)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("Only " + received.size() + " records in " + topic.name() + " after "
                            + RECEIVE_TIMEOUT.toSeconds() + " s");
                }
                consumer.poll(POLL).forEach(received::add);
            }
        }
        return received;
    }

    /** Every committed record that a topic holds now. */
    public <K, V> List<ConsumerRecord<K, V>> consumeAll(Topic<K, V> topic) {
        var received = new ArrayList<ConsumerRecord<K, V>>();
        try (var consumer = consumer(topic)) {
            var ends = consumer.endOffsets(consumer.assignment());
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(POLL).forEach(received::add);
            }
        }
        return received;
    }

    public <K, V> Producer<K, V> producer(Topic<K, V> topic) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers(),
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        32 << 20,
                        ProducerConfig.ACKS_CONFIG,
                        "all"),
                topic.keySerde().serializer(),
                topic.valueSerde().serializer());
    }

    /** A consumer at the beginning of all partitions of the topic that sees only committed records. */
    public <K, V> Consumer<K, V> consumer(Topic<K, V> topic) {
        var consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                topic.keySerde().deserializer(),
                topic.valueSerde().deserializer());
        var partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    private static synchronized Shared running() {
        if (shared == null) {
            throw new IllegalStateException("LocalStack must be registered as an extension of the test class");
        }
        return shared;
    }

    /** The processes, closed by JUnit together with its root context. */
    private static final class Shared implements AutoCloseable {

        private final Path directory;
        private @Nullable LocalBroker broker;
        private @Nullable LocalRegistry registry;

        private Shared(Path directory) {
            this.directory = directory;
        }

        static Shared take(Path directory) {
            synchronized (LocalStack.class) {
                var taken = new Shared(directory);
                shared = taken;
                return taken;
            }
        }

        synchronized LocalBroker broker() {
            var running = broker;
            if (running == null) {
                var folder = directory.resolve("broker");
                forget(folder.resolve("data"));
                running = LocalBroker.start(LocalBroker.Options.in(folder));
                broker = running;
            }
            return running;
        }

        synchronized LocalRegistry registry() {
            var running = registry;
            if (running == null) {
                var folder = directory.resolve("registry");
                forget(folder.resolve("schemas.mv.db"));
                running = LocalRegistry.start(LocalRegistry.Options.in(folder).with(0, true));
                registry = running;
            }
            return running;
        }

        private static void forget(Path data) {
            try {
                FileSystemUtils.deleteRecursively(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public synchronized void close() {
            if (broker != null) {
                broker.close();
            }
            if (registry != null) {
                registry.close();
            }
        }
    }
}
