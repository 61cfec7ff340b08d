package io.clicktrail.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.streams.testkit.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A case whose evidence is followed through the four services, in what a collector of traces received. */
class TracingIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final Duration TIMEOUT = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Set<String> ALL = Set.of("normalizer", "enricher", "correlator", "alerter");

    /** Names of the services by trace. */
    private final Map<String, Set<String>> traces = new ConcurrentHashMap<>();

    /** Parents of spans by trace; empty for none. */
    private final Map<String, Set<String>> parents = new ConcurrentHashMap<>();

    @Test
    void everyPieceOfEvidenceOfACaseIsATraceThroughAllServices(@TempDir Path folder) throws Exception {
        var topics = STACK.topics("traced");
        var raw = topics.raw().getFirst();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", this::receive);
        collector.start();
        var services = new EnumMap<Service, ServiceProcess>(Service.class);
        try {
            for (var service : Service.values()) {
                services.put(
                        service,
                        new ServiceProcess(
                                service,
                                folder,
                                settings(service, collector.getAddress().getPort())));
            }
            services.values().forEach(service -> service.awaitReady(TIMEOUT));
            var key = SampleChain.host(1).getBytes(StandardCharsets.UTF_8);
            STACK.produce(
                    raw,
                    SampleChain.of(1).stream()
                            .map(line -> new ProducerRecord<>(raw.name(), key, line))
                            .toList());

            await().atMost(TIMEOUT).pollInterval(POLL).untilAsserted(() -> {
                var evidence = STACK.consumeAll(topics.alerts()).stream()
                        .flatMap(each -> each.value().getEvidence().stream())
                        .map(each -> each.getEvidence().getEvent().getEventId())
                        .collect(Collectors.toSet());
                assertThat(evidence).hasSizeGreaterThan(2);
                assertThat(evidence).allSatisfy(id -> {
                    assertThat(traces.getOrDefault(id, Set.of())).containsAll(ALL);
                    assertThat(parents.get(id)).containsExactlyInAnyOrder("", id.substring(16));
                });
            });
            assertThat(STACK.consumeAll(topics.evidence())).isNotEmpty().allSatisfy(each -> {
                var id = each.value().getEvent().getEventId();
                assertThat(new String(
                                Objects.requireNonNull(each.headers().lastHeader("traceparent"))
                                        .value(),
                                StandardCharsets.US_ASCII))
                        .isEqualTo("00-" + id + "-" + id.substring(16) + "-01");
            });
            assertThat(STACK.consumeAll(topics.alerts()).stream()
                            .map(each -> each.value().getAlertId() + " "
                                    + each.value().getRevision()))
                    .as("revisions of cases, each written once")
                    .doesNotHaveDuplicates();
            for (var service : services.values()) {
                assertThat(service.log().lines().filter(line -> !line.matches("(WARNING|NOTE): .*")))
                        .as("a log of JSON alone")
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(JsonMapper.shared()
                                        .readTree(line)
                                        .at("/log/level")
                                        .asString())
                                .isNotBlank());
            }
        } finally {
            services.values().forEach(ServiceProcess::close);
            collector.stop(0);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        var message = JsonMapper.shared().readTree(exchange.getRequestBody());
        for (var resource : message.get("resourceSpans")) {
            var name = resource.at("/resource/attributes")
                    .valueStream()
                    .filter(each -> each.get("key").asString().equals("service.name"))
                    .map(each -> each.at("/value/stringValue").asString())
                    .findFirst()
                    .orElseThrow();
            for (var span : resource.at("/scopeSpans/0/spans")) {
                var trace = span.get("traceId").asString();
                traces.computeIfAbsent(trace, absent -> new ConcurrentSkipListSet<>())
                        .add(name);
                parents.computeIfAbsent(trace, absent -> new ConcurrentSkipListSet<>())
                        .add(span.get("parentSpanId").asString());
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Map<String, String> settings(Service service, int collector) {
        var settings = new HashMap<String, String>();
        settings.put("clicktrail.bootstrap-servers", STACK.bootstrapServers());
        settings.put("clicktrail.registry.url", STACK.registryUrl());
        settings.put("clicktrail.topic-prefix", "traced");
        settings.put("clicktrail.tracing.endpoint", "http://localhost:" + collector + "/v1/traces");
        settings.put("clicktrail.tracing.share", "1");
        settings.put("logging.structured.format.console", "ecs");
        if (service == Service.ENRICHER) {
            settings.put("clicktrail.enricher.learning", "0s");
        }
        return settings;
    }
}
