package io.clicktrail.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clicktrail.alert.Alert;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.streams.testkit.LocalStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int LEAST_HOSTS = 20;
    private static final int MOST_HOSTS = 400;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void restartingAllFourServicesUnderLoadLosesAndDoublesNothing() throws Exception {
        var topics = STACK.topics("rolling");
        var services = new EnumMap<Service, ServiceProcess>(Service.class);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var service : Service.values()) {
                services.put(service, new ServiceProcess(service, folder, settings(service)));
            }
            services.values().forEach(RollingRestartIT::awaitReady);

            var restarted = new AtomicBoolean();
            var load = threads.submit(() -> {
                int hosts = 0;
                while (hosts < LEAST_HOSTS || !restarted.get() && hosts < MOST_HOSTS) {
                    int host = hosts++;
                    STACK.produce(
                            topics.raw().getFirst(),
                            Story.of(host).stream()
                                    .map(line -> new ProducerRecord<>(
                                            topics.raw().getFirst().name(),
                                            Story.host(host).getBytes(StandardCharsets.UTF_8),
                                            line))
                                    .toList());
                }
                return hosts;
            });
            for (var service : services.values()) {
                service.restart();
                awaitReady(service);
            }
            restarted.set(true);
            int hosts = load.get();

            var expected = IntStream.range(0, hosts)
                    .mapToObj(Story::host)
                    .collect(TreeSet<String>::new, Set::add, Set::addAll);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(hostsOf(STACK.consumeAll(topics.alerts())))
                            .containsAll(expected));

            var sent = STACK.consumeAll(topics.raw().getFirst()).size();
            var sources = new HashSet<String>();
            var events = STACK.consumeAll(topics.events());
            events.forEach(event -> sources.add(event.value().getSource().getPartition() + "/"
                    + event.value().getSource().getOffset()));
            assertThat(events).hasSize(sent);
            assertThat(sources).hasSize(sent);
            assertEachRevisionOnce(STACK.consumeAll(topics.alerts()));
            assertThat(STACK.consumeAll(topics.detections()).stream()
                            .map(each -> each.value().getDetectionId() + " "
                                    + each.value().getRevision()))
                    .doesNotHaveDuplicates();
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

    private static void awaitReady(ServiceProcess service) {
        await().atMost(PATIENCE)
                .pollInterval(POLL)
                .untilAsserted(() ->
                        assertThat(service.isReady()).as(service.readiness()).isTrue());
    }

    /** Short names of the hosts that have a case of the story's domain. */
    private static Set<String> hostsOf(List<ConsumerRecord<String, Alert>> alerts) {
        var hosts = new TreeSet<String>();
        for (var alert : alerts) {
            if (alert.value().toString().contains(Story.DOMAIN)) {
                var name = alert.value().getDevice().getHostname();
                hosts.add(name.contains(".") ? name.substring(0, name.indexOf('.')) : name);
            }
        }
        return hosts;
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
