package io.clicktrail.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clicktrail.alert.Alert;
import io.clicktrail.schemas.Topic;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.streams.testkit.LocalStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade as the chart does it: one service after the other goes and comes back, while logs pour in. */
class RollingRestartIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final Duration TIMEOUT = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BETWEEN_HOSTS = Duration.ofMillis(500);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void restartingAllFourServicesUnderLoadLosesAndDoublesNothing() throws Exception {
        var topics = STACK.topics("rolling");
        var services = new EnumMap<Service, ServiceProcess>(Service.class);
        var hosts = new AtomicInteger();
        try (var collector = Executors.newSingleThreadScheduledExecutor()) {
            for (var service : Service.values()) {
                services.put(service, new ServiceProcess(service, folder, settings(service)));
            }
            services.values().forEach(service -> service.awaitReady(TIMEOUT));

            var load = collector.scheduleAtFixedRate(
                    () -> send(topics.raw().getFirst(), hosts.getAndIncrement()),
                    0,
                    BETWEEN_HOSTS.toMillis(),
                    TimeUnit.MILLISECONDS);
            for (var service : services.values()) {
                service.restart();
                service.awaitReady(TIMEOUT);
            }
            assertThat(load.isDone()).as("the load has ended early").isFalse();
            load.cancel(false);
            collector.shutdown();
            assertThat(collector.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

            services.values().forEach(RollingRestartIT::awaitDone);

            var sent = STACK.consumeAll(topics.raw().getFirst()).size();
            var events = STACK.consumeAll(topics.events());
            assertThat(sent).isEqualTo(hosts.get() * SampleChain.of(0).size());
            assertThat(events).hasSize(sent);
            assertThat(events.stream()
                            .map(event -> event.value().getSource().getPartition() + "/"
                                    + event.value().getSource().getOffset()))
                    .doesNotHaveDuplicates();
            assertThat(STACK.consumeAll(topics.detections()).stream()
                            .map(each -> each.value().getDetectionId() + " "
                                    + each.value().getRevision()))
                    .doesNotHaveDuplicates();
            var alerts = STACK.consumeAll(topics.alerts());
            assertEachRevisionOnce(alerts);
            assertThat(casesByHost(alerts))
                    .containsOnlyKeys(IntStream.range(0, hosts.get())
                            .mapToObj(SampleChain::host)
                            .toList())
                    .allSatisfy((host, cases) -> assertThat(cases).hasSize(1));
            assertThat(campaigns(alerts))
                    .as("all hosts followed links to one site")
                    .hasSize(1);
        } finally {
            for (var service : services.values()) {
                service.close();
            }
        }
    }

    private static Map<String, String> settings(Service service) {
        var settings = new HashMap<String, String>();
        settings.put("clicktrail.bootstrap-servers", STACK.bootstrapServers());
        settings.put("clicktrail.registry.url", STACK.registryUrl());
        settings.put("clicktrail.topic-prefix", "rolling");
        if (service == Service.ENRICHER) {
            settings.put("clicktrail.enricher.learning", "0s");
        }
        return settings;
    }

    /** What came in last is in the answer of the last service. */
    private static void awaitDone(ServiceProcess service) {
        await().atMost(TIMEOUT)
                .pollInterval(POLL)
                .during(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(service.readiness())
                        .contains("\"recordsBehind\":0,")
                        .contains("\"secondsBehind\":0}"));
    }

    private static void send(Topic<byte[], byte[]> raw, int number) {
        var key = SampleChain.host(number).getBytes(StandardCharsets.UTF_8);
        STACK.produce(
                raw,
                SampleChain.of(number).stream()
                        .map(line -> new ProducerRecord<>(raw.name(), key, line))
                        .toList());
    }

    private static Set<String> campaigns(List<ConsumerRecord<String, Alert>> alerts) {
        return alerts.stream()
                .map(ConsumerRecord::value)
                .filter(RollingRestartIT::isCampaign)
                .map(Alert::getAlertId)
                .collect(Collectors.toSet());
    }

    private static boolean isCampaign(Alert alert) {
        return !alert.getCampaignMembers().isEmpty();
    }

    /** Ids of the cases of hosts with the story's domain, by the short name of the host. */
    private static Map<String, Set<String>> casesByHost(List<ConsumerRecord<String, Alert>> alerts) {
        var cases = new TreeMap<String, Set<String>>();
        for (var alert : alerts) {
            if (!isCampaign(alert.value()) && alert.value().toString().contains(SampleChain.DOMAIN)) {
                var name = alert.value().getDevice().getHostname();
                var host = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
                cases.computeIfAbsent(host, absent -> new TreeSet<>())
                        .add(alert.value().getAlertId());
            }
        }
        return cases;
    }

    private static void assertEachRevisionOnce(List<ConsumerRecord<String, Alert>> alerts) {
        var revisions = new TreeMap<String, Integer>();
        for (var alert : alerts) {
            var id = alert.value().getAlertId();
            assertThat(alert.value().getRevision())
                    .as("revision of %s", id)
                    .isEqualTo(revisions.getOrDefault(id, 0) + 1);
            revisions.put(id, alert.value().getRevision());
        }
    }
}
