package io.clicktrail.alerter;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alerter.campaign.CampaignCase;
import io.clicktrail.detection.Detection;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerter as a process of its own: killed in the middle of its work, and in a storm. Takes minutes and an idle
 * machine: {@code mvn verify -pl alerter -am -DskipITs=false -Dit.test=AlerterFaultIT
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dclicktrail.long-lived=true}, the
 * last for a broker with both compilers; {@code -Dclicktrail.storm=N} for a storm of N detections a minute.
 */
class AlerterFaultIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final int CASES = 300;
    private static final int STORM = Integer.getInteger("clicktrail.storm", 10_000);
    private static final int HIGH_EVERY = Math.max(1, STORM / 20);
    private static final int WARM_UP = 500;
    private static final Duration STORM_SPAN = Duration.ofSeconds(60);
    private static final Duration MOST_WAIT = Duration.ofSeconds(5);
    private static final Duration MOST_PATIENCE = Duration.ofMinutes(4);

    @Test
    void aKillBetweenTwoReplaysLeavesOneFinalStateOfEachCase(@TempDir Path folder) throws Exception {
        Topics topics = STACK.topics("alerter-kill");
        List<ProducerRecord<String, Detection>> day = new ArrayList<>();
        for (int number = 0; number < CASES; number++) {
            Detection detection = chain(number, Stories.downloaded());
            day.add(new ProducerRecord<>(topics.detections().name(), detection.getHost(), detection));
        }
        STACK.produce(topics.detections(), day);
        try (var alerter = new Child(topics, folder)) {
            await(topics.alerts(), 21);
            alerter.kill();
            alerter.start();
            await(topics.soarTier1(), CASES);
            Map<String, String> first = contents(settled(topics));

            STACK.produce(topics.detections(), day);
            alerter.kill();
            alerter.start();
            STACK.produce(topics.detections(), "last", chain(CASES, Stories.downloaded()));
            await(topics.soarTier1(), CASES + 1);

            Map<String, String> second = contents(settled(topics));
            assertThat(second).containsAllEntriesOf(first).hasSize(CASES + 1);
            assertThat(first).hasSize(CASES);
        }
        var created = STACK.consumeAll(topics.soarTier1());
        assertThat(created).extracting(ConsumerRecord::key).hasSize(CASES + 1).doesNotHaveDuplicates();
        Set<String> revisions = new HashSet<>();
        for (var record : STACK.consumeAll(topics.alerts())) {
            assertThat(revisions.add(record.value().getIdempotencyKey()))
                    .as(record.value().getIdempotencyKey())
                    .isTrue();
        }
    }

    @Test
    void tenThousandDetectionsAMinuteBecomeSummariesAndHighCasesDoNotWait(@TempDir Path folder) throws Exception {
        Topics topics = STACK.topics("alerter-storm");
        List<ProducerRecord<String, Detection>> storm = storm(topics);
        Set<String> all = new HashSet<>();
        Map<String, Long> sent = new HashMap<>();
        Map<String, Long> seen = new HashMap<>();
        try (var alerter = new Child(topics, folder, "--clicktrail.alerter.storm.summary-every=20s");
                var producer = STACK.producer(topics.detections())) {
            warmUp(topics);
            long began = System.nanoTime();
            try (var consumer = STACK.consumer(topics.soarTier2())) {
                long start = System.nanoTime();
                long end = start + STORM_SPAN.multipliedBy(2).toNanos();
                int number = 0;
                while ((number < STORM || seen.size() < sent.size()) && System.nanoTime() < end) {
                    long due = (System.nanoTime() - start) * STORM / STORM_SPAN.toNanos();
                    for (; number < Math.min(due, STORM); number++) {
                        var next = storm.get(number);
                        all.add(next.value().getDetectionId());
                        if (isHigh(number)) {
                            sent.put(next.value().getDetectionId(), System.nanoTime());
                        }
                        producer.send(next);
                    }
                    for (var record : consumer.poll(Duration.ofMillis(20))) {
                        if (sent.containsKey(record.key())) {
                            seen.putIfAbsent(record.key(), System.nanoTime());
                        }
                    }
                }
                System.out.printf(
                        "%d detections in %d s; ms that high cases took: %s%n",
                        number, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), waits(sent, seen));
            }
            Map<String, CaseState> recorded = recorded(topics, all);
            System.out.printf(
                    "%d cases recorded %d s after the first detection; the alerter took %d s of processor time%n",
                    recorded.size(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                    alerter.processorTime().toSeconds());
            assertThat(alerter.isAlive()).isTrue();
            assertThat(all).hasSize(STORM).isSubsetOf(recorded.keySet());
            assertThat(recorded.values())
                    .filteredOn(state -> state == CaseState.SUPPRESSED)
                    .hasSizeGreaterThan(STORM / 2);
            STACK.consumeUntil(
                    topics.soarTier1(),
                    records ->
                            records.stream().anyMatch(record -> record.value().contains("\"summary\"")));
        }
        assertThat(seen).containsOnlyKeys(sent.keySet());
        assertThat(waits(sent, seen).getLast()).isLessThan(MOST_WAIT.toMillis());
    }

    private static List<ProducerRecord<String, Detection>> storm(Topics topics) {
        List<ProducerRecord<String, Detection>> storm = new ArrayList<>();
        for (int number = 0; number < STORM; number++) {
            Detection next = chain(number, isHigh(number) ? Stories.executed() : Stories.downloaded());
            storm.add(new ProducerRecord<>(topics.detections().name(), next.getHost(), next));
        }
        return storm;
    }

    private static boolean isHigh(int number) {
        return number % HIGH_EVERY == 0;
    }

    /** Milliseconds from the detection to the case at the SOAR, the shortest first. */
    private static List<Long> waits(Map<String, Long> sent, Map<String, Long> seen) {
        return seen.entrySet().stream()
                .map(entry -> TimeUnit.NANOSECONDS.toMillis(entry.getValue() - sent.getOrDefault(entry.getKey(), 0L)))
                .sorted()
                .toList();
    }

    /** The last state of every case on the topic of alerts, read until all of these are there. */
    private static Map<String, CaseState> recorded(Topics topics, Set<String> cases) {
        Map<String, CaseState> states = new HashMap<>();
        long end = System.nanoTime() + MOST_PATIENCE.toNanos();
        try (var consumer = STACK.consumer(topics.alerts())) {
            while (!states.keySet().containsAll(cases) && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record ->
                                states.put(record.key(), record.value().getState()));
            }
        }
        return states;
    }

    /** A service that has run for a moment: its classes are loaded, its partitions assigned. */
    private static void warmUp(Topics topics) {
        List<ProducerRecord<String, Detection>> first = new ArrayList<>();
        for (int number = 1; number <= WARM_UP; number++) {
            Detection detection = chain(-number, Stories.executed());
            first.add(new ProducerRecord<>(topics.detections().name(), detection.getHost(), detection));
        }
        STACK.produce(topics.detections(), first);
        await(topics.soarTier2(), WARM_UP);
    }

    /** Waits for so many records. What is measured is not here: a busy machine may take its time. */
    private static <V> void await(Topic<String, V> topic, int count) {
        long end = System.nanoTime() + MOST_PATIENCE.toNanos();
        int records = 0;
        try (var consumer = STACK.consumer(topic)) {
            while (records < count && System.nanoTime() < end) {
                records += consumer.poll(Duration.ofMillis(100)).count();
            }
        }
        assertThat(records).as("records of %s", topic.name()).isGreaterThanOrEqualTo(count);
    }

    /** Last revisions, once nothing has come for five seconds, which is longer than a revision of these waits. */
    private static List<Alert> settled(Topics topics) {
        var alerts = new ArrayList<Alert>();
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(5))
                .atMost(Duration.ofMinutes(3))
                .until(() -> {
                    var all = STACK.consumeAll(topics.alerts());
                    boolean quiet = all.size() == alerts.size();
                    alerts.clear();
                    all.forEach(record -> alerts.add(record.value()));
                    return quiet;
                });
        return alerts;
    }

    private static Map<String, String> contents(List<Alert> alerts) {
        var contents = new TreeMap<String, String>();
        alerts.stream()
                .filter(alert -> !alert.getLabels().contains(CampaignCase.LABEL))
                .forEach(alert -> contents.put(alert.getAlertId(), alert.getContentHash()));
        return contents;
    }

    /** A chain on a host and to a site of its own. */
    private static Detection chain(int number, Detection story) {
        DomainRisk domain = DomainRisk.newBuilder(Stories.lookAlike())
                .setHost("site" + number + ".top")
                .setTenantKey("site" + number + ".top")
                .build();
        Detection chain = Stories.withDomain(story, domain);
        return Detection.newBuilder(chain)
                .setEvidence(chain.getEvidence().stream()
                        .filter(item -> item.getEvidence().getEvent().getFile() == null
                                || item.getEvidence().getEvent().getFile().getHash() == null)
                        .toList())
                .setUser("corp\\user" + number)
                .setHost("ws-" + number)
                .setDetectionId(UUID.nameUUIDFromBytes(("chain" + number).getBytes(StandardCharsets.UTF_8))
                        .toString())
                .build();
    }

    /** The alerter in a process that can be killed. */
    private static final class Child implements AutoCloseable {

        private final List<String> command = new ArrayList<>();
        private final Path log;
        private Process process;

        Child(Topics topics, Path folder, String... settings) throws IOException {
            log = folder.resolve("alerter.log");
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dorg.springframework.boot.logging.LoggingSystem=none",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    AlerterApplication.class.getName(),
                    "--spring.main.web-application-type=none",
                    "--clicktrail.bootstrap-servers=" + STACK.bootstrapServers(),
                    "--clicktrail.registry.url=" + STACK.registryUrl(),
                    "--clicktrail.topic-prefix=" + topics.prefix(),
                    "--spring.application.name=" + topics.prefix(),
                    // The group waits so long for a process that was killed.
                    "--clicktrail.streams.properties[session.timeout.ms]=6000",
                    "--clicktrail.streams.state-dir=" + folder.resolve("state")));
            command.addAll(List.of(settings));
            if (settings.length == 0) {
                command.addAll(List.of(
                        "--clicktrail.alerter.storm.per-device=100000",
                        "--clicktrail.alerter.storm.per-rule=100000",
                        "--clicktrail.alerter.storm.per-tenant=100000"));
            }
            process = started();
        }

        void start() throws IOException {
            process = started();
        }

        /** As {@code kill -9} does. */
        void kill() throws InterruptedException {
            process.destroyForcibly();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " can't be killed");
            }
        }

        boolean isAlive() {
            return process.isAlive();
        }

        Duration processorTime() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        @Override
        public void close() throws InterruptedException {
            kill();
        }

        private Process started() throws IOException {
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // A build may slow its own processes down; a service runs as it does in production.
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            return builder.start();
        }
    }
}
