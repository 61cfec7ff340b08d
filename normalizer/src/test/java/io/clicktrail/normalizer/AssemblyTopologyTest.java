package io.clicktrail.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.assembly.AssemblyBounds;
import io.clicktrail.normalizer.assembly.OpenEvent;
import io.clicktrail.normalizer.kafka.AssembleEvents;
import io.clicktrail.normalizer.kafka.RejectedHeaders;
import io.clicktrail.normalizer.linux.AuditFixtures;
import io.clicktrail.normalizer.parse.EventFacts;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.testkit.TopologyHarness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Lines of the audit daemon, one in each raw record. */
class AssemblyTopologyTest {

    private static final Instant DELIVERED = Instant.parse("2026-03-02T10:00:06Z");
    private static final Duration LIMIT = AssemblyBounds.DEFAULT.time();

    private final TopologyHarness harness = RawTopics.harness(DataSize.ofMegabytes(1));
    private final TestInputTopic<byte[], byte[]> raw =
            harness.input(harness.topics().raw().getFirst());
    private final TestOutputTopic<String, Event> events =
            harness.output(harness.topics().events());
    private final TestOutputTopic<byte[], byte[]> rejected =
            harness.output(harness.topics().rejected());

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void givesTheEventOfTheWholeRecordWhateverTheOrderOfTheLines() {
        Event whole = new TestNormalizer().event(AuditFixtures.EXECVE);
        for (int seed = 0; seed < 10; seed++) {
            List<String> lines = new ArrayList<>(AuditFixtures.EXECVE.lines().toList());
            Collections.shuffle(lines, new Random(seed));
            lines.forEach(line -> pipe(line, DELIVERED));

            TestRecord<String, Event> record = events.readRecord();
            assertThat(record.key()).isEqualTo("lin-7.corp.example");
            assertThat(record.getRecordTime()).isEqualTo(DELIVERED);
            assertThat(record.value().getEventId()).as("seed %d", seed).isEqualTo(whole.getEventId());
            assertThat(EventFacts.of(record.value())).as("seed %d", seed).isEqualTo(EventFacts.of(whole));
        }
        assertThat(events.isEmpty()).isTrue();
        assertThat(rejected.isEmpty()).isTrue();
        assertThat(open()).isZero();
        assertAccounts(60, 60, 0, 0, 0);
    }

    @Test
    void takesTheCoordinatesOfTheCallsOwnRecord() {
        List<String> lines = AuditFixtures.EXECVE.lines().toList();
        lines.reversed().forEach(line -> pipe(line, DELIVERED));

        assertThat(events.readValue().getSource().getOffset()).isEqualTo(5);
    }

    @Test
    void doesNotNeedTheStoreWhereARecordHoldsAllLines() {
        pipe(AuditFixtures.EXECVE + AuditFixtures.OPEN, DELIVERED);

        assertThat(open()).isZero();
        assertThat(events.readValuesToList())
                .extracting(Event::getKind)
                .containsExactly(EventKind.PROCESS_START, EventKind.FILE_WRITE);
        assertAccounts(1, 1, 0, 0, 0);
    }

    @Test
    void endsAnEventWithTheStreamsTimeAndSaysThatItIsIncomplete() {
        pipe(AuditFixtures.CONNECT.lines().limit(2).reduce("", (a, b) -> a + b + "\n"), DELIVERED);
        assertThat(events.isEmpty()).isTrue();

        pipe("{\"clicktrail.heartbeat\":\"1\"}", DELIVERED.plus(LIMIT));

        Event event = events.readValue();
        assertThat(event.getKind()).isEqualTo(EventKind.NETWORK_CONNECTION);
        assertThat(event.getTags()).containsExactly("incomplete");
        assertThat(open()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "P365D"})
    void aRecordDatedAheadEndsNoEvent(Duration ahead) {
        try (var live = TopologyHarness.live(RawTopics.topology(DataSize.ofMegabytes(1)))) {
            var input = live.input(live.topics().raw().getFirst());
            List<String> lines = AuditFixtures.CONNECT.lines().toList();
            Instant now = TopologyHarness.START;
            lines.subList(0, 2).forEach(line -> input.pipeInput(null, bytes(line), now));
            input.pipeInput(null, bytes("{\"clicktrail.heartbeat\":\"1\"}"), now.plus(ahead));
            lines.subList(2, lines.size()).forEach(line -> input.pipeInput(null, bytes(line), now));

            assertThat(live.output(live.topics().events()).readValuesToList())
                    .filteredOn(event -> event.getKind() == EventKind.NETWORK_CONNECTION)
                    .singleElement()
                    .satisfies(event -> assertThat(event.getTags()).isEmpty());
        }
    }

    @Test
    void endsAnEventOnTheWallClockWhereEveryRecordIsDatedBack() {
        AuditFixtures.CONNECT.lines().limit(2).forEach(line -> pipe(line, DELIVERED));
        for (int tick = 0; tick < 4; tick++) {
            harness.advanceWallClock(LIMIT);
            pipe("{\"clicktrail.heartbeat\":\"" + tick + "\"}", DELIVERED.minus(Duration.ofDays(1)));
        }

        assertThat(events.readValuesToList())
                .filteredOn(event -> event.getKind() == EventKind.NETWORK_CONNECTION)
                .singleElement()
                .satisfies(event -> assertThat(event.getTags()).containsExactly("incomplete"));
    }

    @Test
    void endsAnEventOnTheWallClockWhereThePartitionHasGoneQuiet() {
        AuditFixtures.CONNECT.lines().limit(2).forEach(line -> pipe(line, DELIVERED));
        harness.advanceWallClock(LIMIT);
        assertThat(events.isEmpty())
                .as("an interval in which records came is not quiet")
                .isTrue();
        harness.advanceWallClock(LIMIT);

        assertThat(events.readValue().getTags()).containsExactly("incomplete");
        assertAccounts(2, 2, 0, 0, 0);
    }

    @Test
    void rejectsLinesWhoseCallNeverCameWithTheirBytesKeysAndHeaders() {
        String line = AuditFixtures.EXECVE.lines().toList().get(1);
        String wrapped = "<134>Mar  2 10:00:05 lin-7 audispd: " + line;
        raw.pipeInput(new TestRecord<>(
                bytes("k"), bytes(wrapped), new RecordHeaders().add("collector", bytes("c1")), DELIVERED));
        harness.advanceWallClock(LIMIT);
        harness.advanceWallClock(LIMIT);

        TestRecord<byte[], byte[]> record = rejected.readRecord();
        assertThat(record.value()).asString().isEqualTo(wrapped);
        assertThat(record.key()).asString().isEqualTo("k");
        assertThat(record.getRecordTime()).isEqualTo(DELIVERED);
        assertThat(header(record, RejectedHeaders.REASON)).isEqualTo("INCOMPLETE");
        assertThat(header(record, RejectedHeaders.FORMAT)).isEqualTo("linux.auditd");
        assertThat(header(record, RejectedHeaders.OFFSET)).isEqualTo("0");
        assertThat(header(record, RejectedHeaders.PART)).isNull();
        assertThat(header(record, "collector")).isEqualTo("c1");
        assertAccounts(1, 0, 0, 1, 0);
    }

    @Test
    void countsARecordOnceWhateverBecomesOfItsPieces() {
        List<String> exec = AuditFixtures.EXECVE.lines().toList();
        List<String> open = AuditFixtures.OPEN.lines().toList();
        pipe(exec.get(0) + "\n" + open.get(1), DELIVERED);
        pipe(String.join("\n", exec.subList(1, 6)) + "\nnothing known", DELIVERED);
        harness.advanceWallClock(LIMIT);
        harness.advanceWallClock(LIMIT);

        assertThat(events.readValuesToList()).hasSize(1);
        assertThat(rejected.readRecordsToList())
                .extracting(record -> header(record, RejectedHeaders.REASON))
                .containsExactly("UNKNOWN_FORMAT", "INCOMPLETE");
        assertAccounts(2, 1, 0, 1, 1);
    }

    @Test
    void rejectsWhatGoesBeyondTheBoundsOfOneEvent() {
        String line = AuditFixtures.EXECVE.lines().toList().get(3);
        for (int i = 0; i <= AssemblyBounds.DEFAULT.pieces(); i++) {
            pipe(line, DELIVERED);
        }

        assertThat(header(rejected.readRecord(), RejectedHeaders.REASON)).isEqualTo("CROWDED_OUT");
        assertThat(rejected.isEmpty()).isTrue();
        assertThat(open()).isEqualTo(1);
    }

    @Test
    void makesRoomByRejectingTheOldest() {
        String line = AuditFixtures.CONNECT.lines().toList().getFirst();
        for (int i = 0; i <= AssemblyBounds.DEFAULT.open(); i++) {
            pipe(line.replace(":4712", ":" + (10_000 + i)), DELIVERED);
        }

        TestRecord<byte[], byte[]> record = rejected.readRecord();
        assertThat(header(record, RejectedHeaders.REASON)).isEqualTo("CROWDED_OUT");
        assertThat(record.value()).asString().contains(":10000)");
        assertThat(rejected.isEmpty()).isTrue();
        assertThat(open()).isEqualTo(AssemblyBounds.DEFAULT.open());
    }

    private void pipe(String value, Instant delivered) {
        raw.pipeInput(new TestRecord<>(null, bytes(value), delivered));
    }

    private long open() {
        KeyValueStore<String, OpenEvent> store = harness.driver().getKeyValueStore(AssembleEvents.STORE);
        return store.approximateNumEntries();
    }

    private void assertAccounts(int received, int normalized, int ignored, int rejections, int faults) {
        assertThat(sum(Metric.RAW_RECEIVED)).isEqualTo(received);
        assertThat(sum(Metric.RAW_NORMALIZED)).isEqualTo(normalized);
        assertThat(sum(Metric.RAW_IGNORED)).isEqualTo(ignored);
        assertThat(sum(Metric.RAW_REJECTED)).isEqualTo(rejections);
        assertThat(sum(Metric.RAW_FAULTS)).isEqualTo(faults);
    }

    private double sum(Metric metric) {
        return harness.meters().find(metric.id()).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String header(TestRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
