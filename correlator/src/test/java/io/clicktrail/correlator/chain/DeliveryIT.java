package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.CorrelatorApplication;
import io.clicktrail.correlator.reference.ReferenceMatcher;
import io.clicktrail.correlator.testing.AttackTimeline;
import io.clicktrail.correlator.testing.DeliveryOrder;
import io.clicktrail.correlator.testing.EvidenceDraft;
import io.clicktrail.correlator.testing.SensorsAt;
import io.clicktrail.correlator.testing.Tunings;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.LocalStack;
import io.clicktrail.tuning.Tuning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The correlator on a real broker: partitions, instances and restarts do not change what is emitted in the end. */
class DeliveryIT {

    private static final long SEED = 12_041;
    private static final int HOSTS = 30;

    /**
     * How many quarters of an hour there are reports of sensors for: fewer than the correlator remembers, which reads
     * them all before it decides. What a history holds after them is left out.
     */
    private static final int QUARTERS = 59;

    private static final Instant HEARD_FROM = EvidenceDraft.NINE_O_CLOCK.minus(Duration.ofHours(1));
    private static final Instant HEARD_UNTIL =
            HEARD_FROM.plus(Duration.ofMinutes(15).multipliedBy(QUARTERS));

    private static final List<EventKind> SENSORS =
            List.of(EventKind.PROCESS_START, EventKind.URL_OPEN, EventKind.NETWORK_CONNECTION, EventKind.FILE_WRITE);

    private static final List<Platform> PLATFORMS = List.of(Platform.WINDOWS, Platform.LINUX, Platform.MACOS);

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private record Keyed(String host, DeliveryOrder delivery) {}

    @ParameterizedTest
    @CsvSource({"1,1", "3,2", "8,2"})
    void emitsTheSameHoweverItIsSpreadAndRestarted(int partitions, int instances, @TempDir Path state)
            throws InterruptedException {
        var topics = STACK.topics("correlator-it-" + partitions, partitions);
        var expected = new TreeMap<String, String>();
        var deliveries = new ArrayList<Keyed>();
        for (int i = 0; i < HOSTS; i++) {
            var platform = PLATFORMS.get(i % PLATFORMS.size());
            var definition = ChainDefinition.builtIn(platform);
            var host = "host" + i;
            var history = RandomHistories.of(SEED + i, host, platform, definition.grace()).deliveries().stream()
                    .filter(delivery -> delivery.at().isBefore(HEARD_UNTIL))
                    .toList();
            history.forEach(delivery -> deliveries.add(new Keyed(host, delivery)));
            ReferenceMatcher.detections(
                            host,
                            platform,
                            definition.window(),
                            definition.followOn(),
                            definition.skew(),
                            SensorsAt.alive().lastSeen(),
                            history.stream().map(DeliveryOrder::evidence).toList())
                    .forEach((id, detection) -> expected.put(id, detection.getContentHash()));
        }
        deliveries.sort(Comparator.comparing(keyed -> keyed.delivery().at()));
        cover(topics);

        int half = deliveries.size() / 2;
        try (var first = start(topics, state.resolve("first"))) {
            assertThat(first.isRunning()).isTrue();
            deliver(topics, deliveries.subList(0, half));
            STACK.consume(topics.detections(), 1);
        }
        var running = new ArrayList<ConfigurableApplicationContext>();
        try {
            for (int i = 0; i < instances; i++) {
                running.add(start(topics, state.resolve(i == 0 ? "first" : "second")));
            }
            deliver(topics, deliveries.subList(half, deliveries.size()));
            beat(topics, partitions, deliveries.getLast().delivery().at().plus(Duration.ofHours(4)));

            var emitted = STACK.consumeUntil(
                    topics.detections(), records -> last(records).equals(expected));
            assertThat(last(emitted)).isEqualTo(expected).hasSizeGreaterThan(HOSTS / 3);
            assertThat(emitted)
                    .as("each revision is emitted once")
                    .extracting(record -> record.value().getDetectionId() + " "
                            + record.value().getRevision())
                    .doesNotHaveDuplicates();
        } finally {
            running.forEach(ConfigurableApplicationContext::close);
        }
    }

    @Test
    void emitsAnAbsenceWithinTheGraceAndHalfAMinuteThoughNoRecordFollows(@TempDir Path state)
            throws InterruptedException {
        var topics = STACK.topics("correlator-it-quiet", 1);
        var window = Duration.ofSeconds(2);
        var grace = Duration.ofSeconds(3);
        STACK.produce(topics.tuning(), "WINDOWS", tuning(window, grace));
        try (var correlator = start(topics, state)) {
            assertThat(correlator.isRunning()).isTrue();
            var now = Instant.now();
            deliver(topics, List.of(keyed(AttackTimeline.click(), now), keyed(AttackTimeline.egress(95), now)));

            var emitted = STACK.consume(topics.detections(), 1).getFirst().value();

            assertThat(Duration.between(now, Instant.now()))
                    .isBetween(window.plus(grace), window.plus(grace).plusSeconds(30));
            assertThat(emitted.getMissing()).contains(new MissingStage(Stage.WRITE, MissingReason.NO_SENSOR));
        }
    }

    private static Keyed keyed(EvidenceDraft draft, Instant at) {
        var evidence =
                draft.at(Duration.between(EvidenceDraft.NINE_O_CLOCK, at)).evidence();
        return new Keyed(draft.host(), new DeliveryOrder(at, evidence));
    }

    private static Tuning tuning(Duration window, Duration grace) {
        return Tunings.windows("quiet")
                .setTimeWindowMs(window.toMillis())
                .setGraceMs(grace.toMillis())
                .setForced(true)
                .build();
    }

    private static Map<String, String> last(List<ConsumerRecord<String, Detection>> records) {
        var last = new TreeMap<String, Detection>();
        for (var record : records) {
            last.merge(
                    record.value().getDetectionId(),
                    record.value(),
                    (a, b) -> a.getRevision() > b.getRevision() ? a : b);
        }
        var hashes = new TreeMap<String, String>();
        last.forEach((id, detection) -> hashes.put(id, detection.getContentHash()));
        return hashes;
    }

    private static void deliver(Topics topics, List<Keyed> deliveries) {
        var records = new ArrayList<ProducerRecord<String, Evidence>>();
        for (var keyed : deliveries) {
            records.add(new ProducerRecord<>(
                    topics.evidence().name(),
                    null,
                    keyed.delivery().at().toEpochMilli(),
                    keyed.host(),
                    keyed.delivery().evidence()));
        }
        STACK.produce(topics.evidence(), records);
    }

    private static void beat(Topics topics, int partitions, Instant at) {
        var heartbeat = EvidenceDraft.of("heartbeat", EventKind.HEARTBEAT)
                .on("heartbeat")
                .evidence();
        var records = new ArrayList<ProducerRecord<String, Evidence>>();
        for (int partition = 0; partition < partitions; partition++) {
            records.add(new ProducerRecord<>(
                    topics.evidence().name(), partition, at.toEpochMilli(), "heartbeat", heartbeat));
        }
        STACK.produce(topics.evidence(), records);
    }

    /** All sensors are heard in each quarter of an hour of the histories. */
    private static void cover(Topics topics) {
        var records = new ArrayList<ProducerRecord<String, Coverage>>();
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            var seen = HEARD_FROM.plus(Duration.ofMinutes(15).multipliedBy(quarter));
            for (int i = 0; i < HOSTS; i++) {
                for (var kind : SENSORS) {
                    records.add(new ProducerRecord<>(
                            topics.coverage().name(),
                            null,
                            EvidenceDraft.NINE_O_CLOCK.toEpochMilli(),
                            "host" + i,
                            new Coverage("host" + i, kind, "test", seen)));
                }
            }
        }
        STACK.produce(topics.coverage(), records);
    }

    private static ConfigurableApplicationContext start(Topics topics, Path state) {
        var application = new SpringApplication(CorrelatorApplication.class);
        application.setDefaultProperties(Map.of(
                "server.port",
                "0",
                "clicktrail.bootstrap-servers",
                STACK.bootstrapServers(),
                "clicktrail.registry.url",
                STACK.registryUrl(),
                "clicktrail.streams.history",
                "true",
                "clicktrail.topic-prefix",
                topics.prefix(),
                "clicktrail.correlator.settling",
                "1s",
                "clicktrail.streams.properties.session.timeout.ms",
                "6000",
                "clicktrail.streams.properties.heartbeat.interval.ms",
                "1000",
                "clicktrail.streams.state-dir",
                state.toString()));
        return application.run("--spring.application.name=" + topics.prefix());
    }
}
