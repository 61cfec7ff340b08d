package io.clicktrail.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.heartbeat.CanarySignature;
import io.clicktrail.normalizer.heartbeat.HeartbeatTrust;
import io.clicktrail.normalizer.kafka.BroadcastHeartbeats;
import io.clicktrail.normalizer.kafka.RejectedHeaders;
import io.clicktrail.normalizer.windows.WindowsScenario;
import io.clicktrail.normalizer.zeek.ZeekFixtures;
import io.clicktrail.streams.health.Canary;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.testkit.TopologyHarness;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class NormalizerTopologyTest {

    private static final Instant DELIVERED = Instant.parse("2026-03-02T10:01:00Z");
    private static final int MOST_REJECTED = 4096;
    private static final String CONN = ZeekFixtures.CONN;
    private static final String SYSMON =
            WindowsScenario.ALL.getFirst().fixture().winlogbeat();

    private final TopologyHarness harness = RawTopics.harness(DataSize.ofBytes(MOST_REJECTED));
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
    void keysAnEventByItsHostAtTheTimeOfItsDelivery() {
        pipe(SYSMON);

        TestRecord<String, Event> record = events.readRecord();
        assertThat(record.key()).isEqualTo("ws-17.corp.example");
        assertThat(record.getRecordTime()).isEqualTo(DELIVERED);
        assertThat(record.headers()).isEmpty();
        assertThat(record.value().getSource().getTopic()).isEqualTo("clicktrail.raw.logs");
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void keysAnEventWithoutHostByAddressAccountOrDataset() {
        pipe(CONN);
        pipe(ZeekFixtures.DHCP);
        pipe(ZeekFixtures.HTTP
                .replace("10.1.2.17", "0.0.0.0")
                .replace("\"method\"", "\"username\":\"CORP\\\\Ada\",\"method\""));
        pipe(ZeekFixtures.DNS.replace("10.1.2.17", "0.0.0.0"));

        assertThat(events.readKeyValuesToList())
                .extracting(record -> record.key)
                .containsExactly("ip:10.1.2.17", "ip:10.1.2.17", "user:corp\\ada", "none:zeek.dns");
    }

    @Test
    void sendsEveryEventOfARecord() {
        pipe(CONN + "\n" + SYSMON + "\n" + ZeekFixtures.DNS);

        assertThat(events.readValuesToList())
                .extracting(event -> event.getSource().getIndex())
                .containsExactly(0, 1, 2);
    }

    @Test
    void sendsARejectedRecordOnUntouchedWithTheReason() {
        byte[] value = "{\"a\": \u00E9 no json".getBytes(StandardCharsets.ISO_8859_1);
        var headers = new RecordHeaders().add("collector", "c1".getBytes(StandardCharsets.UTF_8));
        raw.pipeInput(new TestRecord<>("k".getBytes(StandardCharsets.UTF_8), value, headers, DELIVERED));

        TestRecord<byte[], byte[]> record = rejected.readRecord();
        assertThat(record.value()).isEqualTo(value);
        assertThat(record.key()).asString().isEqualTo("k");
        assertThat(record.getRecordTime()).isEqualTo(DELIVERED);
        assertThat(header(record, RejectedHeaders.REASON)).isEqualTo("BAD_JSON");
        assertThat(header(record, RejectedHeaders.FORMAT)).isEqualTo("json");
        assertThat(header(record, RejectedHeaders.TOPIC)).isEqualTo("clicktrail.raw.logs");
        assertThat(header(record, RejectedHeaders.PARTITION)).isEqualTo("0");
        assertThat(header(record, RejectedHeaders.OFFSET)).isEqualTo("0");
        assertThat(header(record, "collector")).isEqualTo("c1");
        assertThat(header(record, RejectedHeaders.PART)).isNull();
        assertThat(events.isEmpty()).isTrue();
    }

    @Test
    void sendsTheBrokenDocumentOfAGoodRecordOnByItself() {
        pipe(CONN + "\n{\"broken\"\n" + ZeekFixtures.DNS);

        TestRecord<byte[], byte[]> record = rejected.readRecord();
        assertThat(record.value()).asString().isEqualTo("{\"broken\"");
        assertThat(header(record, RejectedHeaders.PART)).isEqualTo(Integer.toString(CONN.length() + 1));
        assertThat(header(record, RejectedHeaders.POSITION))
                .isEqualTo(Integer.toString(CONN.length() + 1 + "{\"broken\"".length()));
        assertThat(rejected.isEmpty()).isTrue();
        assertThat(events.getQueueSize()).isEqualTo(2);
    }

    @Test
    void cutsARejectedRecordThatIsTooLargeToHandOnAndSaysSo() {
        pipe("x".repeat(10_000));

        TestRecord<byte[], byte[]> record = rejected.readRecord();
        assertThat(record.value()).hasSize(MOST_REJECTED);
        assertThat(header(record, RejectedHeaders.TRUNCATED)).isEqualTo("10000");
    }

    @Test
    void takesTheHeadersOfAnEarlierRejectionOff() {
        pipe("{\"broken\"");
        TestRecord<byte[], byte[]> first = rejected.readRecord();
        raw.pipeInput(
                new TestRecord<>(first.key(), "again".getBytes(StandardCharsets.UTF_8), first.headers(), DELIVERED));

        TestRecord<byte[], byte[]> second = rejected.readRecord();
        assertThat(header(second, RejectedHeaders.REASON)).isEqualTo("UNKNOWN_FORMAT");
        assertThat(second.headers().headers(RejectedHeaders.REASON)).hasSize(1);
    }

    @Test
    void survivesEmptyNullAndHostileRecordsAndReadsOnBehindThem() {
        raw.pipeInput(new TestRecord<>(null, new byte[0], DELIVERED));
        raw.pipeInput(new TestRecord<>(null, null, DELIVERED));
        pipe("{\"a\":".repeat(10_000));
        pipe("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><Event><System/></Event>");
        pipe(SYSMON);

        assertThat(rejected.readRecordsToList())
                .extracting(record -> header(record, RejectedHeaders.REASON))
                .containsExactly("EMPTY", "EMPTY", "TOO_DEEP", "XML_DTD");
        assertThat(events.getQueueSize()).isEqualTo(1);
        assertThat(harness.deadLetters().isEmpty()).isTrue();
    }

    @Test
    void countsSoThatTheNumbersAddUp() {
        pipe(SYSMON);
        pipe(CONN + "\n" + CONN + "\nbroken");
        pipe("{\"weird\":{\"ts\":1772445605.1}}");
        pipe("nothing known");
        raw.pipeInput(new TestRecord<>(null, null, DELIVERED));

        assertThat(sum(Metric.RAW_RECEIVED)).isEqualTo(5);
        assertThat(sum(Metric.RAW_NORMALIZED)).isEqualTo(2);
        assertThat(sum(Metric.RAW_IGNORED)).isEqualTo(1);
        assertThat(sum(Metric.RAW_REJECTED)).isEqualTo(2);
        assertThat(sum(Metric.RAW_FAULTS)).isEqualTo(1);
        assertThat(sum(Metric.EVENTS)).isEqualTo(3);
        assertThat(harness.meters()
                        .counter(Metric.EVENTS.id(), "dataset", "zeek.conn")
                        .count())
                .isEqualTo(2);
        assertThat(harness.meters()
                        .counter(Metric.RAW_REJECTED.id(), "reason", "EMPTY")
                        .count())
                .isEqualTo(1);
        assertThat(harness.meters()
                        .counter(Metric.RAW_IGNORED.id(), "dataset", "zeek.weird")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void sendsAHeartbeatToEveryPartition() {
        pipe("{\"clicktrail.heartbeat\":\"1\"}");
        pipe(SYSMON);
        List<TestRecord<String, Event>> records = events.readRecordsToList();
        var partitioner = new BroadcastHeartbeats();

        Event heartbeat = records.getFirst().value();
        assertThat(records.getFirst().key()).isEqualTo("heartbeat");
        assertThat(heartbeat.getKind()).isEqualTo(EventKind.HEARTBEAT);
        assertThat(heartbeat.getTime()).isEqualTo(DELIVERED);
        assertThat(partitioner.partitions("events", "heartbeat", heartbeat, 3)).isEqualTo(Optional.of(Set.of(0, 1, 2)));
        assertThat(partitioner.partitions("events", "ws-17", records.getLast().value(), 3))
                .isEmpty();
    }

    @Test
    void believesNoHeartbeatThatAnybodyMayHaveWritten() {
        var signature = new CanarySignature("s".repeat(32));
        long now = TopologyHarness.START.toEpochMilli();
        var signed = new String(signature.canary("a-1", now), StandardCharsets.UTF_8);
        try (var live = TopologyHarness.live(RawTopics.topology(DataSize.ofMegabytes(1), signature))) {
            var input = live.input(live.topics().raw().getFirst());
            for (String forged : List.of(
                    "{\"clicktrail.canary\":\"1\"}",
                    "{\"clicktrail.heartbeat\":\"1\"}",
                    "<13>Mar  2 10:00:00 ws-17 logger: " + signed,
                    signed + "\n" + signed,
                    signed.replace("a-1", "a-2"),
                    new String(new CanarySignature("t".repeat(32)).canary("a-1", now), StandardCharsets.UTF_8),
                    new String(signature.canary("a-1", now - 300_001), StandardCharsets.UTF_8),
                    new String(signature.canary("a-1", now + 300_001), StandardCharsets.UTF_8))) {
                input.pipeInput(null, forged.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(live.output(live.topics().events()).isEmpty()).isTrue();
            assertThat(live.meters().get(Metric.RAW_IGNORED.id()).counters())
                    .satisfies(counters -> assertThat(counters.stream()
                                    .mapToDouble(Counter::count)
                                    .sum())
                            .isEqualTo(8));

            input.pipeInput(null, signed.getBytes(StandardCharsets.UTF_8));
            assertThat(Canary.is(live.output(live.topics().events()).readValue()))
                    .isTrue();
        }
    }

    @Test
    void theOtherEventsOfARecordWithAForgedHeartbeatStay() {
        try (var live = TopologyHarness.live(RawTopics.topology(DataSize.ofMegabytes(1), HeartbeatTrust.NONE))) {
            live.input(live.topics().raw().getFirst())
                    .pipeInput(null, ("{\"clicktrail.heartbeat\":\"1\"}\n" + SYSMON).getBytes(StandardCharsets.UTF_8));

            assertThat(live.output(live.topics().events()).readValuesToList())
                    .extracting(Event::getKind)
                    .containsExactly(EventKind.PROCESS_START);
        }
    }

    @Test
    void aCanaryIsAHeartbeatWhoseTimeIsTaken() {
        pipe("{\"clicktrail.canary\":\"1\"}");

        Event canary = events.readValue();
        assertThat(canary.getKind()).isEqualTo(EventKind.HEARTBEAT);
        assertThat(Canary.is(canary)).isTrue();
        assertThat(harness.meters().get(Metric.CANARY.id()).timer().count()).isEqualTo(1);
        pipe("{\"clicktrail.heartbeat\":\"1\"}");
        assertThat(Canary.is(events.readValue())).isFalse();
        assertThat(harness.meters().get(Metric.CANARY.id()).timer().count()).isEqualTo(1);
    }

    @Test
    void keepsItsShape() {
        assertThat(harness.describe()).isEqualTo("""
                Topologies:
                   Sub-topology: 0
                    Source: read-raw-logs (topics: [clicktrail.raw.logs])
                      --> normalize-record
                    Processor: normalize-record (stores: [])
                      --> assemble-events
                      <-- read-raw-logs
                    Processor: assemble-events (stores: [open-events])
                      --> emit-events, emit-rejections
                      <-- normalize-record
                    Processor: emit-events (stores: [])
                      --> write-events
                      <-- assemble-events
                    Processor: emit-rejections (stores: [])
                      --> write-rejected
                      <-- assemble-events
                    Sink: write-events (topic: clicktrail.events)
                      <-- emit-events
                    Sink: write-rejected (topic: clicktrail.raw.rejected)
                      <-- emit-rejections

                """);
    }

    private void pipe(String value) {
        raw.pipeInput(new TestRecord<>(null, value.getBytes(StandardCharsets.UTF_8), DELIVERED));
    }

    private double sum(Metric metric) {
        return harness.meters().find(metric.id()).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static @Nullable String header(TestRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
