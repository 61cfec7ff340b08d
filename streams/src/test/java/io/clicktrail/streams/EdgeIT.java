package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clicktrail.coverage.Coverage;
import io.clicktrail.event.EventKind;
import io.clicktrail.identity.Lease;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.LocalStack;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** A small service on a real broker and registry, also during failures of both. */
class EdgeIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final int TOO_LARGE = 3 << 20;

    /** How long the chart's probes wait for an answer. */
    private static final Duration PROBE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Emits coverage of the host of each lease; a lease of dataset bug or large makes it fail. Has a global table,
     * which delays its start.
     */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class LeaseWatcher {

        @Bean
        ServiceTopology watchLeases(Topics topics) {
            return builder -> {
                builder.globalTable(
                        topics.tuning().name(),
                        Consumed.with(
                                        topics.tuning().keySerde(),
                                        topics.tuning().valueSerde())
                                .withName("read-tuning"),
                        Materialized.as("tunings"));
                builder.stream(
                                topics.identities().name(),
                                Consumed.with(
                                                topics.identities().keySerde(),
                                                topics.identities().valueSerde())
                                        .withName("read-leases"))
                        .mapValues(LeaseWatcher::cover, Named.as("emit-coverage"))
                        .to(
                                topics.coverage().name(),
                                Produced.with(
                                                topics.coverage().keySerde(),
                                                topics.coverage().valueSerde())
                                        .withName("write-coverage"));
            };
        }

        private static Coverage cover(Lease lease) {
            var dataset = switch (lease.getDataset()) {
                case "bug" -> throw new IllegalStateException("a bug");
                case "large" -> "x".repeat(TOO_LARGE);
                default -> lease.getDataset();
            };
            return Coverage.newBuilder()
                    .setHost(lease.getHost())
                    .setKind(EventKind.OTHER)
                    .setDataset(dataset)
                    .setLastSeen(lease.getFrom())
                    .build();
        }
    }

    @AfterEach
    void worldIsWhole() {
        STACK.broker().start();
        STACK.startRegistry();
    }

    @Test
    void badRecordsBecomeDeadLettersAndTheGoodOnesAfterThemAreProcessed() throws Exception {
        var topics = STACK.topics("set-aside");
        try (var service = start("set-aside", Map.of())) {
            STACK.produce(topics.identities(), leases(topics, "a", "bug", "b", "large", "c"));
            STACK.produce(bytes(topics.identities()), "key", "{\"not\": \"avro\"}".getBytes(StandardCharsets.UTF_8));
            STACK.produce(topics.identities(), leases(topics, "d"));

            assertThat(datasets(STACK.consume(topics.coverage(), 4))).containsExactlyInAnyOrder("a", "b", "c", "d");
            assertThat(STACK.consume(deadLetters(topics), 3).stream().map(EdgeIT::reason))
                    .containsExactlyInAnyOrder(
                            "java.lang.IllegalStateException",
                            "org.apache.kafka.common.errors.RecordTooLargeException",
                            "org.apache.kafka.common.errors.SerializationException");
            assertThat(body(service, "/actuator/prometheus")).contains("clicktrail_dead_letters_total 3.0");
        }
    }

    /** Timestamp -1, as old clients write, and a year ahead, as an endpoint's clock may say. */
    @Test
    void recordsWithImpossibleTimesAreProcessedAndCounted() throws Exception {
        var topics = STACK.topics("impossible-times");
        var lease = leases(topics, "a").getFirst().value();
        var deleted = new Timestamped<String, Tuning>(topics.tuning().name(), "WINDOWS", null, -1);
        STACK.produce(topics.tuning(), List.of(deleted));
        try (var service = start("impossible-times", Map.of())) {
            untilReady(service);
            long ahead = Instant.now().plus(Duration.ofMinutes(59)).toEpochMilli();
            STACK.produce(
                    topics.identities(),
                    List.of(
                            new Timestamped<>(topics.identities().name(), "invalid", lease, -1),
                            new Timestamped<>(topics.identities().name(), "ahead", lease, ahead)));
            STACK.produce(topics.tuning(), List.of(deleted));

            assertThat(STACK.consume(topics.coverage(), 2))
                    .allSatisfy(found -> assertThat(found.timestamp())
                            .isBetween(ahead - Duration.ofMinutes(59).toMillis(), System.currentTimeMillis()));
            assertThat(body(service, "/actuator/prometheus"))
                    .contains("clicktrail_times_replaced_total{reason=\"invalid\"} 1.0")
                    .contains("clicktrail_times_replaced_total{reason=\"ahead\"} 1.0")
                    .contains("clicktrail_transient_failures_total 0.0");
        }
    }

    /** A record with any timestamp; a producer's own type refuses a negative one. */
    private static final class Timestamped<K, V> extends ProducerRecord<K, V> {

        private final long timestamp;

        Timestamped(String topic, K key, @Nullable V value, long timestamp) {
            super(topic, key, value);
            this.timestamp = timestamp;
        }

        @Override
        public Long timestamp() {
            return timestamp;
        }
    }

    @Test
    void onlyHealthInfoAndMetricsAreShown() throws Exception {
        STACK.topics("shown");
        try (var service = start("shown", Map.of())) {
            untilReady(service);

            assertThat(body(service, "/actuator/health/liveness")).contains("UP");
            assertThat(status(service, "/actuator/info")).isEqualTo(200);
            assertThat(body(service, "/actuator/prometheus")).contains("kafka_stream");
            for (var hidden : List.of("env", "beans", "configprops", "heapdump", "shutdown", "loggers")) {
                assertThat(status(service, "/actuator/" + hidden)).isEqualTo(404);
            }
        }
    }

    @Test
    void aLogLevelCanBeChangedAtRunTimeWhereTheOperatorAllowsIt() throws Exception {
        STACK.topics("levels");
        try (var service = start(
                "levels",
                Map.of(),
                "--management.endpoints.web.exposure.include=health,loggers",
                "--management.endpoint.loggers.access=unrestricted")) {
            untilReady(service);
            var path = "/actuator/loggers/io.clicktrail.levels";
            var port = service.getEnvironment().getRequiredProperty("local.server.port");
            var changed = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"configuredLevel\": \"DEBUG\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());

            assertThat(changed.statusCode()).isEqualTo(204);
            assertThat(body(service, path)).contains("\"effectiveLevel\":\"DEBUG\"");
            assertThat(LoggerFactory.getLogger("io.clicktrail.levels").isDebugEnabled())
                    .isTrue();
        }
    }

    @Test
    void aRegistryThatIsDownAtStartDelaysTheService() throws Exception {
        var topics = STACK.topics("late-registry");
        STACK.produce(topics.identities(), leases(topics, "a", "b", "c"));
        STACK.stopRegistry();
        try (var service = start("late-registry", Map.of("clicktrail.registry.retries", "0"))) {
            patiently()
                    .until(() -> body(service, "/actuator/prometheus").contains("clicktrail_transient_failures_total")
                            && !body(service, "/actuator/prometheus")
                                    .contains("clicktrail_transient_failures_total 0.0"));
            assertThat(status(service, "/actuator/health/readiness")).isEqualTo(503);
            assertThat(status(service, "/actuator/health/liveness")).isEqualTo(200);
            patiently().until(() -> secondsBehind(service) >= 1);

            STACK.startRegistry();

            assertThat(datasets(STACK.consume(topics.coverage(), 3))).containsExactlyInAnyOrder("a", "b", "c");
            untilReady(service);
            assertThat(STACK.consumeAll(topics.coverage())).hasSize(3);
            assertThat(STACK.consumeAll(deadLetters(topics))).isEmpty();
            patiently().until(() -> secondsBehind(service) == 0);
            assertThat(body(service, "/actuator/health/readiness"))
                    .contains("\"recordsBehind\":0")
                    .contains("\"secondsBehind\":0");
        }
    }

    @Test
    void aBrokerThatIsDownAtStartDelaysTheService() throws Exception {
        var topics = STACK.topics("late-broker");
        STACK.broker().stop();
        try (var service = start("late-broker", Map.of())) {
            assertThat(status(service, "/actuator/health/readiness")).isEqualTo(503);
            assertThat(status(service, "/actuator/health/liveness")).isEqualTo(200);

            STACK.broker().start();

            untilReady(service);
            STACK.produce(topics.identities(), leases(topics, "a"));
            assertThat(datasets(STACK.consume(topics.coverage(), 1))).containsExactly("a");
        }
    }

    @Test
    void aBrokerWhoseNameDoesNotResolveYetDelaysTheService() throws Exception {
        try (var service =
                start("nowhere", Map.of("clicktrail.bootstrap-servers", "broker.does-not-exist.invalid:9092"))) {
            assertThat(status(service, "/actuator/health/readiness")).isEqualTo(503);
            assertThat(status(service, "/actuator/health/liveness")).isEqualTo(200);
        }
    }

    @Test
    void aBrokerThatDiesInTheMiddleCostsNothingAndDoublesNothing() throws Exception {
        var topics = STACK.topics("broker-dies");
        try (var service = start("broker-dies", Map.of())) {
            untilReady(service);
            STACK.produce(topics.identities(), leases(topics, numbers(0, 500)));
            STACK.broker().kill();
            patiently().until(() -> status(service, "/actuator/health/readiness") == 503);
            STACK.broker().start();
            STACK.produce(topics.identities(), leases(topics, numbers(500, 1_000)));

            var seen = STACK.consumeUntil(topics.coverage(), all -> all.size() >= 1_000);

            assertThat(datasets(seen)).doesNotHaveDuplicates().hasSize(1_000);
            untilReady(service);
            assertThat(STACK.consumeAll(topics.coverage())).hasSize(1_000);
        }
    }

    @Test
    void theStreamsProtocolWorksToo() throws Exception {
        var topics = STACK.topics("streams-protocol");
        try (var service = start("streams-protocol", Map.of("clicktrail.streams.group-protocol", "streams"))) {
            untilReady(service);
            STACK.produce(topics.identities(), leases(topics, "a"));

            assertThat(datasets(STACK.consume(topics.coverage(), 1))).containsExactly("a");
        }
    }

    private ConfigurableApplicationContext start(String prefix, Map<String, String> settings, String... arguments) {
        var all = new HashMap<>(Map.of(
                "server.port",
                "0",
                "spring.application.name",
                prefix + "-normalizer",
                "clicktrail.service",
                "normalizer",
                "clicktrail.topic-prefix",
                prefix,
                "clicktrail.bootstrap-servers",
                STACK.bootstrapServers(),
                "clicktrail.registry.url",
                STACK.registryUrl(),
                "clicktrail.streams.state-dir",
                folder.toString(),
                "clicktrail.streams.max-record",
                "2MB"));
        all.putAll(settings);
        return new SpringApplicationBuilder(LeaseWatcher.class)
                .properties(Map.copyOf(all))
                .run(arguments);
    }

    private static List<ProducerRecord<String, Lease>> leases(Topics topics, String... datasets) {
        var records = new ArrayList<ProducerRecord<String, Lease>>();
        for (var dataset : datasets) {
            var lease = Lease.newBuilder()
                    .setKey("ip:10.0.0.7")
                    .setHost("ws-7")
                    .setFrom(Instant.parse("2026-03-02T10:00:00Z"))
                    .setDataset(dataset)
                    .build();
            records.add(new ProducerRecord<>(topics.identities().name(), "ip:" + dataset, lease));
        }
        return records;
    }

    private static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private static List<String> datasets(List<ConsumerRecord<String, Coverage>> records) {
        return records.stream().map(next -> next.value().getDataset()).toList();
    }

    private static Topic<String, byte[]> bytes(Topic<String, ?> topic) {
        return new Topic<>(topic.name(), Serdes.String(), Serdes.ByteArray());
    }

    private static Topic<byte[], byte[]> deadLetters(Topics topics) {
        return new Topic<>(topics.dlq("normalizer"), Serdes.ByteArray(), Serdes.ByteArray());
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(
                letter.headers().lastHeader("__streams.errors.exception").value(), StandardCharsets.UTF_8);
    }

    private void untilReady(ConfigurableApplicationContext service) {
        patiently().until(() -> status(service, "/actuator/health/readiness") == 200);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
    }

    /** What the metrics say of the oldest record that is not evaluated. */
    private double secondsBehind(ConfigurableApplicationContext service) throws IOException, InterruptedException {
        return body(service, "/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith("clicktrail_oldest_unevaluated_seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private int status(ConfigurableApplicationContext service, String path) throws IOException, InterruptedException {
        return get(service, path).statusCode();
    }

    private String body(ConfigurableApplicationContext service, String path) throws IOException, InterruptedException {
        return get(service, path).body();
    }

    private HttpResponse<String> get(ConfigurableApplicationContext service, String path)
            throws IOException, InterruptedException {
        var port = service.getEnvironment().getRequiredProperty("local.server.port");
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .timeout(PROBE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
