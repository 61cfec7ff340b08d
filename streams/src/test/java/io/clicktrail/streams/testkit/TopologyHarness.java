package io.clicktrail.streams.testkit;

import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.StreamsProperties;
import io.clicktrail.streams.settings.StreamsSettings;
import io.clicktrail.streams.time.DeliveryTime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * A topology under Kafka's test driver with the configuration, failure handling and serdes of production, and an
 * in-memory registry. Names of internal topics and stores are enforced.
 */
public final class TopologyHarness implements AutoCloseable {

    private static final Pattern STORES = Pattern.compile("\\(stores: \\[([^]]*)]\\)");

    /** Builds the topology under test. */
    @FunctionalInterface
    public interface Build {

        void build(StreamsBuilder builder, Topics topics, MeterRegistry meters);
    }

    /** Wall clock and stream time at the start of every test. */
    public static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

    private static final String SERVICE = "test";

    private final Topics topics =
            Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new RegistrySerdes(new InMemoryRegistry()));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Path state;
    private final Topology topology;
    private final TopologyTestDriver driver;
    private Instant wallClock = START;

    public TopologyHarness(Build build) {
        this(build, Map.of());
    }

    /**
     * A harness with further Kafka Streams settings.
     *
     * @param overrides win over those of production
     */
    public TopologyHarness(Build build, Map<String, String> overrides) {
        this(build, overrides, true);
    }

    private TopologyHarness(Build build, Map<String, String> overrides, boolean history) {
        state = temporaryDirectory();
        var properties = new Properties();
        properties.putAll(StreamsProperties.of(
                "clicktrail-" + SERVICE, "localhost:9", topics.dlq(SERVICE), settings(state, history)));
        properties.put(DeliveryTime.METERS, meters);
        properties.put(DeliveryTime.CLOCK, (InstantSource) () -> wallClock);
        properties.putAll(overrides);
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        build.build(builder, topics, meters);
        topology = builder.build(properties);
        driver = new TopologyTestDriver(topology, properties, START);
    }

    /**
     * A harness in which no record may be ahead of the wall clock, as in production; in others tests play history.
     */
    public static TopologyHarness live(Build build) {
        return new TopologyHarness(build, Map.of(), false);
    }

    public Topics topics() {
        return topics;
    }

    /** Where the topology counts. */
    public SimpleMeterRegistry meters() {
        return meters;
    }

    /** A topic to write to; records without an explicit timestamp carry {@link #START}. */
    public <K, V> TestInputTopic<K, V> input(Topic<K, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.keySerde().serializer(), topic.valueSerde().serializer(), START, Duration.ZERO);
    }

    public <K, V> TestOutputTopic<K, V> output(Topic<K, V> topic) {
        return driver.createOutputTopic(
                topic.name(),
                topic.keySerde().deserializer(),
                topic.valueSerde().deserializer());
    }

    /** Records that the topology failed on. */
    public TestOutputTopic<byte[], byte[]> deadLetters() {
        return driver.createOutputTopic(
                topics.dlq(SERVICE),
                Serdes.ByteArray().deserializer(),
                Serdes.ByteArray().deserializer());
    }

    public void advanceWallClock(Duration by) {
        wallClock = wallClock.plus(by);
        driver.advanceWallClockTime(by);
    }

    /**
     * The topology in words, for golden tests; the stores of a processor, which Kafka names in no certain order, by
     * name.
     */
    public String describe() {
        return STORES.matcher(topology.describe().toString())
                .replaceAll(stores -> Arrays.stream(stores.group(1).split(", "))
                        .sorted()
                        .collect(Collectors.joining(", ", "(stores: [", "])")));
    }

    /** The driver itself, for its stores. */
    public TopologyTestDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.close();
        meters.close();
        try {
            FileSystemUtils.deleteRecursively(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StreamsSettings settings(Path state, boolean history) {
        return new Binder(new MapConfigurationPropertySource(Map.of(
                        "clicktrail.streams.state-dir",
                        state.toString(),
                        "clicktrail.streams.history",
                        Boolean.toString(history))))
                .bind("clicktrail.streams", StreamsSettings.class)
                .get();
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("topology-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
