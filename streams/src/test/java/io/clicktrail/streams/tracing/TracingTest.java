package io.clicktrail.streams.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Source;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.InMemoryRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TracingTest {

    private static final String ID = "0af7651916cd43dd8448eb211c80319c";
    private static final Instant NOW = Instant.parse("2026-10-14T09:00:00.000001Z");
    private static final Topics TOPICS =
            Topics.of("clicktrail", List.of("raw"), new RegistrySerdes(new InMemoryRegistry()));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void everyServiceChoosesTheSameShareOfTheEvents() {
        var random = new Random(20);
        var ids = Stream.generate(() -> "%016x%016x".formatted(random.nextLong(), random.nextLong()))
                .limit(20_000)
                .toList();

        for (double share : List.of(0.01, 0.25, 1.0)) {
            assertThat(ids.stream()
                                    .filter(id -> EventTrace.isSampled(id, share))
                                    .count()
                            / 20_000.0)
                    .isCloseTo(share, within(0.01));
        }
        assertThat(ids)
                .as("what is traced with a small share is traced with a larger one")
                .allMatch(id -> !EventTrace.isSampled(id, 0.01) || EventTrace.isSampled(id, 0.25));
    }

    @Test
    void anIdThatIsNoTraceIdIsNeverTraced() {
        for (var id : List.of("", "1", "0".repeat(32), "a".repeat(16) + "0".repeat(16), ID + "0", "X".repeat(32))) {
            assertThat(EventTrace.isSampled(id, 1)).as(id).isFalse();
        }
    }

    @Test
    void theFirstServicesSpanIsTheParentOfThoseOfTheOthers() {
        var first = spans("normalizer", 1, headers(), ID);
        var other = spans("enricher", 1, headers(), ID);

        assertThat(first).singleElement().satisfies(span -> {
            assertThat(span.traceId()).isEqualTo(ID);
            assertThat(span.spanId()).isEqualTo("8448eb211c80319c");
            assertThat(span.parentId()).isNull();
        });
        assertThat(other).singleElement().satisfies(span -> {
            assertThat(span.traceId()).isEqualTo(ID);
            assertThat(span.spanId()).matches("[0-9a-f]{16}").isNotEqualTo("8448eb211c80319c");
            assertThat(span.parentId()).isEqualTo("8448eb211c80319c");
            assertThat(span.name()).isEqualTo("look");
            assertThat(span.start()).isEqualTo(1_791_968_400_000_001_000L);
            assertThat(span.failed()).isFalse();
            assertThat(span.attributes())
                    .containsEntry("messaging.destination.name", "clicktrail.events")
                    .containsEntry("messaging.kafka.offset", "0");
        });
    }

    @Test
    void anEventOutsideTheShareLeavesNoSpanAndNoHeader() {
        var headers = headers();

        assertThat(spans("enricher", 0.000001, headers, ID)).isEmpty();
        assertThat(headers).isEmpty();
    }

    @Test
    void whatComesOfAnEventNamesItsTrace() {
        var plain = headers();
        spans("enricher", 1, plain, ID);
        var named = headers();
        named.add(EventTrace.HEADER, "theirs".getBytes(StandardCharsets.US_ASCII));
        spans("enricher", 1, named, ID);

        assertThat(text(plain)).isEqualTo("00-" + ID + "-8448eb211c80319c-01");
        assertThat(text(named)).isEqualTo("theirs");
    }

    @Test
    void aBugOnAnEventIsAFailedSpanAndStaysABug() {
        var spans = new ArrayList<TraceSpan>();
        var tracer = Tracer.into(spans::add, 1, "enricher", InstantSource.fixed(NOW));

        assertThatThrownBy(() -> tracer.during("look", event(ID), Map::of, () -> {
                    throw new IllegalStateException("bug");
                }))
                .hasMessage("bug");
        tracer.during("look", event(ID), Map::of, () -> {});

        assertThat(spans).extracting(TraceSpan::failed).containsExactly(true, false);
    }

    @Test
    void aTracedTopologyIsTheSameTopology() {
        var tracer = Tracer.into(span -> {}, 1, "enricher", InstantSource.system());

        assertThat(topology(TracedProcessors.properties(tracer)).describe().toString())
                .isEqualTo(topology(Map.of()).describe().toString());
    }

    @Test
    void aCollectorReceivesTheSpans() throws Exception {
        var received = new CopyOnWriteArrayList<JsonNode>();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(JsonMapper.shared().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        var endpoint = URI.create("http://localhost:" + collector.getAddress().getPort() + "/v1/traces");
        try (var tracer = Tracer.of(new TracingSettings(endpoint, 1), "correlator")) {
            tracer.during("correlate-evidence", event(ID), () -> Map.of("messaging.system", "kafka"), () -> {});
            await().atMost(Duration.ofSeconds(20)).until(() -> !received.isEmpty());
        } finally {
            collector.stop(0);
        }

        var resource = received.getFirst().at("/resourceSpans/0");
        assertThat(resource.at("/resource/attributes")
                        .valueStream()
                        .map(each -> each.at("/value/stringValue").asString()))
                .containsExactlyInAnyOrder("correlator", "clicktrail");
        var span = resource.at("/scopeSpans/0/spans/0");
        assertThat(span.at("/traceId").asString()).isEqualTo(ID);
        assertThat(span.at("/parentSpanId").asString()).isEqualTo("8448eb211c80319c");
        assertThat(span.at("/name").asString()).isEqualTo("correlate-evidence");
        assertThat(span.at("/attributes/0/key").asString()).isEqualTo("messaging.system");
        assertThat(Long.parseLong(span.at("/endTimeUnixNano").asString()))
                .isGreaterThanOrEqualTo(
                        Long.parseLong(span.at("/startTimeUnixNano").asString()));
    }

    @Test
    void aCollectorThatIsAwayCostsSpansAlone() throws Exception {
        try (var tracer = Tracer.of(new TracingSettings(URI.create("http://localhost:1/v1/traces"), 1), "alerter")) {
            var done = new ArrayList<Integer>();
            for (int i = 0; i < 20_000; i++) {
                int number = i;
                tracer.during("look", event(ID), Map::of, () -> done.add(number));
            }
            assertThat(done).hasSize(20_000);
        }
    }

    /** The spans of an event that goes through two processors. */
    private List<TraceSpan> spans(String service, double share, Headers headers, String id) {
        var spans = new ArrayList<TraceSpan>();
        var tracer = Tracer.into(spans::add, share, service, InstantSource.fixed(NOW));
        var properties = properties(TracedProcessors.properties(tracer));
        try (var driver = new TopologyTestDriver(topology(TracedProcessors.properties(tracer)), properties, NOW)) {
            var events = TOPICS.events();
            driver.createInputTopic(
                            events.name(),
                            events.keySerde().serializer(),
                            events.valueSerde().serializer())
                    .pipeInput(new TestRecord<>("host", event(id), headers, NOW));
            var out = driver.createOutputTopic(
                            "out",
                            events.keySerde().deserializer(),
                            events.valueSerde().deserializer())
                    .readRecord();
            for (var header : out.headers()) {
                if (headers.lastHeader(header.key()) == null) {
                    headers.add(header);
                }
            }
        }
        return spans;
    }

    private Topology topology(Map<String, Object> tracing) {
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties(tracing))));
        var events = TOPICS.events();
        builder.stream(
                        events.name(),
                        Consumed.with(events.keySerde(), events.valueSerde()).withName("read"))
                .mapValues(each -> each, Named.as("look"))
                .filter((key, value) -> true, Named.as("keep"))
                .to("out", Produced.with(events.keySerde(), events.valueSerde()).withName("write"));
        return builder.build(properties(tracing));
    }

    private Properties properties(Map<String, Object> tracing) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "traced");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.putAll(tracing);
        return properties;
    }

    private static Headers headers() {
        return new RecordHeaders();
    }

    private static String text(Headers headers) {
        return new String(
                Objects.requireNonNull(headers.lastHeader(EventTrace.HEADER)).value(), StandardCharsets.US_ASCII);
    }

    private static Event event(String id) {
        return Event.newBuilder()
                .setEventId(id)
                .setTime(NOW)
                .setKind(EventKind.OTHER)
                .setSource(Source.newBuilder()
                        .setDataset("linux.auditd")
                        .setTopic("clicktrail.raw.logs")
                        .setPartition(0)
                        .setOffset(0)
                        .setSha256("")
                        .build())
                .build();
    }
}
