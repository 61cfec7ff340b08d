package io.clicktrail.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.testing.AttackTimeline;
import io.clicktrail.correlator.testing.EvidenceDraft;
import io.clicktrail.correlator.testing.Tunings;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import io.clicktrail.streams.health.Canary;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.testkit.TopologyHarness;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelatorTopologyTest {

    private static final Path GOLDEN = Path.of("src/test/resources/topology.txt");
    private static final Instant START = TopologyHarness.START;

    private static final TopologyHarness.Build TOPOLOGY = (builder, topics, meters) -> CorrelatorTopology.build(
            builder, topics, new CorrelatorSettings(Duration.ofSeconds(10), Duration.ofSeconds(1)), meters);

    private final TopologyHarness harness = new TopologyHarness(TOPOLOGY);
    private final TestInputTopic<String, Evidence> evidence =
            harness.input(harness.topics().evidence());
    private final TestInputTopic<String, Coverage> coverage =
            harness.input(harness.topics().coverage());
    private final TestInputTopic<String, Tuning> tuning =
            harness.input(harness.topics().tuning());
    private final TestOutputTopic<String, Detection> detections =
            harness.output(harness.topics().detections());

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void keepsTheNamesThatStateDependsOn() throws IOException {
        assertThat(harness.describe()).isEqualToIgnoringNewLines(Files.readString(GOLDEN));
    }

    @Test
    void emitsAChainAndThenItsExecution() {
        send(AttackTimeline.click(), Duration.ZERO);
        send(AttackTimeline.egress(70), Duration.ofMinutes(1));
        send(AttackTimeline.write(), Duration.ofMinutes(2));

        var created = detections.readRecord();
        assertThat(created.key()).isEqualTo("ws1");
        assertThat(created.getRecordTime()).isEqualTo(START.plus(Duration.ofMinutes(2)));
        assertThat(created.value().getChange()).isEqualTo(DetectionChange.CREATED);
        assertThat(created.value().getRevision()).isEqualTo(1);
        assertThat(created.value().getAnalyticId()).isEqualTo("AN0178");
        assertThat(created.value().getMissing())
                .containsExactly(new MissingStage(Stage.EXECUTION, MissingReason.PENDING));

        send(execution(), Duration.ofMinutes(5));

        var revised = detections.readValue();
        assertThat(revised.getChange()).isEqualTo(DetectionChange.REVISED);
        assertThat(revised.getDetectionId()).isEqualTo(created.value().getDetectionId());
        assertThat(revised.getMissing()).isEmpty();
        assertThat(revised.getEvidence()).hasSize(4);
        assertThat(detections.isEmpty()).isTrue();
        assertThat(counted("clicktrail.detections", "change", "created")).isEqualTo(1);
        assertThat(counted("clicktrail.detections", "change", "revised")).isEqualTo(1);
    }

    @Test
    void sendsACanaryOnAsNoDetectionAtTheTimeOfItsDelivery() {
        send(heartbeat().dataset(Canary.DATASET), Duration.ofMinutes(1));

        var canary = detections.readRecord();
        assertThat(canary.key()).isEqualTo(Canary.KEY);
        assertThat(canary.value()).isNull();
        assertThat(canary.getRecordTime()).isEqualTo(START.plus(Duration.ofMinutes(1)));
        assertThat(harness.meters().get(Metric.CANARY.id()).timer().count()).isEqualTo(1);
        send(heartbeat(), Duration.ofMinutes(2));
        assertThat(detections.isEmpty()).isTrue();
    }

    @Test
    void countsOpenChains() {
        assertThat(open()).isZero();
        cover(EventKind.PROCESS_START);
        completeChain();
        assertThat(open()).isEqualTo(1);

        beat(Duration.ofDays(3));

        assertThat(open()).isZero();
        assertThat(Metric.CORRELATOR_RECEIVED.counter(harness.meters()).count()).isEqualTo(4);
    }

    private double open() {
        return harness.meters()
                .get(Metric.CHAINS_OPEN.id())
                .tag("partition", "0")
                .gauge()
                .value();
    }

    @Test
    void closesAChainWhenAHeartbeatMovesTime() {
        cover(EventKind.PROCESS_START);
        completeChain();
        detections.readValue();

        beat(Duration.ofMinutes(2 + 60 + 10));

        var closed = detections.readValue();
        assertThat(closed.getRevision()).isEqualTo(2);
        assertThat(closed.getMissing()).containsExactly(new MissingStage(Stage.EXECUTION, MissingReason.NOT_SEEN));
    }

    @Test
    void emitsWhatIsMissingInAQuietPartitionByTheWallClock() {
        send(AttackTimeline.click(), Duration.ZERO);
        send(AttackTimeline.egress(95), Duration.ofMinutes(1));

        harness.advanceWallClock(Duration.ofMinutes(25).minusSeconds(5));
        assertThat(detections.isEmpty()).isTrue();
        harness.advanceWallClock(Duration.ofSeconds(5));

        var partial = detections.readValue();
        assertThat(partial.getMissing())
                .containsExactly(
                        new MissingStage(Stage.WRITE, MissingReason.NO_SENSOR),
                        new MissingStage(Stage.EXECUTION, MissingReason.PENDING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT11S", "PT59M", "P365D"})
    void aRecordDatedAheadEndsNoWindowAndDelaysNothing(Duration ahead) {
        try (var live = TopologyHarness.live(TOPOLOGY)) {
            var input = live.input(live.topics().evidence());
            var output = live.output(live.topics().detections());
            input.pipeInput("ws1", at(AttackTimeline.click(), Duration.ZERO), START);
            input.pipeInput("ws2", at(heartbeat(), ahead), START.plus(ahead));
            live.advanceWallClock(Duration.ofSeconds(5));
            input.pipeInput("ws1", at(AttackTimeline.egress(95), Duration.ofSeconds(5)), START.plusSeconds(5));
            live.advanceWallClock(Duration.ofSeconds(5));
            assertThat(output.isEmpty()).as("the write may still come").isTrue();

            input.pipeInput("ws1", at(AttackTimeline.write(), Duration.ofSeconds(10)), START.plusSeconds(10));

            var created = output.readRecord();
            assertThat(created.getRecordTime()).isEqualTo(START.plusSeconds(10));
            assertThat(created.value().getMissing())
                    .containsExactly(new MissingStage(Stage.EXECUTION, MissingReason.PENDING));
        }
    }

    @Test
    void hundredsOfLookUpsWithoutAClickOrAWriteAreNoChain() {
        for (int number = 0; number < 400; number++) {
            send(lookUp(number), Duration.ofSeconds(number));
        }
        send(AttackTimeline.click(), Duration.ofSeconds(400));
        for (int number = 400; number < 800; number++) {
            send(lookUp(number), Duration.ofSeconds(number));
        }
        beat(Duration.ofHours(3));

        assertThat(detections.isEmpty()).isTrue();
    }

    private static EvidenceDraft lookUp(int number) {
        return EvidenceDraft.of("d" + number, EventKind.DNS_QUERY, Role.EGRESS)
                .domain("random" + number + ".top", 60)
                .process("chrome-1")
                .application("chrome", ApplicationKind.BROWSER);
    }

    @Test
    void distinguishesASilentSensorFromOneThatNeverWas() {
        cover(EventKind.FILE_WRITE, Duration.ofHours(-5));
        cover(EventKind.PROCESS_START);
        send(AttackTimeline.click(), Duration.ZERO);
        send(AttackTimeline.egress(95), Duration.ofMinutes(1));

        beat(Duration.ofHours(3));

        assertThat(detections.readValue().getMissing())
                .contains(new MissingStage(Stage.WRITE, MissingReason.SENSOR_SILENT));
    }

    @Test
    void aSensorThatIsHeardAgainLaterWasStillSilent() {
        for (Duration early : List.of(Duration.ofMinutes(-10), Duration.ofHours(-5))) {
            try (var other = new TopologyHarness(TOPOLOGY)) {
                var cover = other.input(other.topics().coverage());
                for (Duration seen : List.of(early, Duration.ofMinutes(50))) {
                    cover.pipeInput("ws1", new Coverage("ws1", EventKind.FILE_WRITE, "test", START.plus(seen)), START);
                }
                var to = other.input(other.topics().evidence());
                to.pipeInput("ws1", at(AttackTimeline.click(), Duration.ZERO), START);
                to.pipeInput("ws1", at(AttackTimeline.egress(95), Duration.ofMinutes(1)), START);
                to.pipeInput("ws1", at(heartbeat(), Duration.ofHours(3)), START.plus(Duration.ofHours(3)));
                other.advanceWallClock(Duration.ofSeconds(1));
                other.advanceWallClock(Duration.ofSeconds(1));

                assertThat(other.output(other.topics().detections()).readValue().getMissing())
                        .contains(new MissingStage(
                                Stage.WRITE,
                                early.toHours() == 0 ? MissingReason.NOT_SEEN : MissingReason.SENSOR_SILENT));
            }
        }
    }

    @Test
    void whyAStageIsMissingInTheEndDoesNotDependOnWhetherTheReportOfItsSensorCameBeforeTheChain() {
        assertThat(lastReason(false)).isEqualTo(MissingReason.NOT_SEEN);
        assertThat(lastReason(true)).isEqualTo(MissingReason.NOT_SEEN);
    }

    /** Of the write in a chain whose command names the place, where a silent sensor was heard again after the click. */
    private static MissingReason lastReason(boolean isReportLate) {
        try (var other = new TopologyHarness(TOPOLOGY)) {
            var cover = other.input(other.topics().coverage());
            var to = other.input(other.topics().evidence());
            var heardAgain = new Coverage("ws1", EventKind.FILE_WRITE, "test", START.plus(Duration.ofMinutes(5)));
            cover.pipeInput(
                    "ws1", new Coverage("ws1", EventKind.FILE_WRITE, "test", START.minus(Duration.ofHours(5))), START);
            if (!isReportLate) {
                cover.pipeInput("ws1", heardAgain, START);
            }
            to.pipeInput("ws1", at(AttackTimeline.click(), Duration.ZERO), START);
            to.pipeInput("ws1", at(AttackTimeline.egress(95), Duration.ofMinutes(1)), START);
            to.pipeInput("ws1", at(command(), Duration.ofMinutes(2)), START);
            if (isReportLate) {
                cover.pipeInput("ws1", heardAgain, START);
            }
            to.pipeInput("ws1", at(heartbeat(), Duration.ofHours(3)), START.plus(Duration.ofHours(3)));
            other.advanceWallClock(Duration.ofSeconds(1));
            other.advanceWallClock(Duration.ofSeconds(1));

            List<MissingStage> missing = other.output(other.topics().detections())
                    .readValuesToList()
                    .getLast()
                    .getMissing();
            assertThat(missing).extracting(MissingStage::getStage).containsExactly(Stage.WRITE);
            return missing.getFirst().getReason();
        }
    }

    private static EvidenceDraft command() {
        return EvidenceDraft.of("x1", EventKind.PROCESS_START, Role.EXECUTION)
                .domain("evil.top", 60)
                .process("powershell-1")
                .image("C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe")
                .lolbin(true)
                .pasted(true);
    }

    @Test
    void linksAFileWithoutAMarkAlthoughTimeJumpsWhileTheMarkIsAwaited() {
        send(AttackTimeline.click(), Duration.ZERO);
        send(AttackTimeline.egress(40), Duration.ofMinutes(1));
        send(
                EvidenceDraft.of("w3", EventKind.FILE_WRITE, Role.WRITE)
                        .path("C:\\Users\\anna\\Downloads\\w3.js")
                        .process("chrome-1")
                        .application("chrome", ApplicationKind.BROWSER),
                Duration.ofMinutes(2));
        assertThat(detections.isEmpty()).isTrue();

        beat(Duration.ofHours(3));

        var emitted = detections.readValuesToList();
        assertThat(emitted.getFirst().getEvidence())
                .extracting(StageEvidence::getStage)
                .contains(Stage.WRITE);
        assertThat(emitted.getLast().getMissing())
                .as("it counts from when the mark was due, so it is decided by now")
                .containsExactly(new MissingStage(Stage.EXECUTION, MissingReason.NO_SENSOR));
    }

    @Test
    void takesANewWindowWithoutARestart() {
        tuning.pipeInput("WINDOWS", tuning(Duration.ofMinutes(1)));
        send(AttackTimeline.click(), Duration.ZERO);
        send(AttackTimeline.egress(40), Duration.ofMinutes(1));
        send(AttackTimeline.write(), Duration.ofMinutes(2));
        assertThat(detections.isEmpty()).isTrue();

        tuning.pipeInput("WINDOWS", tuning(Duration.ofMinutes(3)));
        send(
                EvidenceDraft.of("w2", EventKind.FILE_WRITE, Role.WRITE)
                        .domain("evil.top", 10)
                        .path("C:\\Users\\anna\\Downloads\\w2.js")
                        .process("chrome-1")
                        .application("chrome", ApplicationKind.BROWSER),
                Duration.ofMinutes(2));

        assertThat(detections.readValue().getWindowMs()).isEqualTo(180_000);
    }

    @Test
    void anOpenChainKeepsTheWindowThatItBeganWith() {
        tuning.pipeInput("WINDOWS", tuning(Duration.ofMinutes(3)));
        completeChain();
        tuning.pipeInput("WINDOWS", tuning(Duration.ofMinutes(1)));
        send(execution(), Duration.ofMinutes(5));

        assertThat(detections.readValuesToList())
                .extracting(Detection::getWindowMs)
                .containsExactly(180_000L, 180_000L);
    }

    @Test
    void keepsTheOldWindowWhenTheNewOneBreaksARule() {
        tuning.pipeInput("WINDOWS", tuning(Duration.ofMinutes(1)));
        tuning.pipeInput("WINDOWS", tuning(Duration.ofDays(2)));

        completeChain();

        assertThat(detections.isEmpty()).isTrue();
        assertThat(harness.meters().get("clicktrail.tuning.refused").counter().count())
                .isEqualTo(1);
    }

    @Test
    void goesBackToTheBuiltInWindowWhenTheTuningIsDeleted() {
        tuning.pipeInput("WINDOWS", tuning(Duration.ofMinutes(1)));
        tuning.pipeInput("WINDOWS", (Tuning) null);

        completeChain();

        assertThat(detections.readValue().getWindowMs()).isEqualTo(900_000);
    }

    @Test
    void keepsNothingOnceAllIsOver() {
        completeChain();
        beat(Duration.ofHours(2));
        beat(Duration.ofDays(2));
        beat(Duration.ofDays(40));

        for (var name : List.of("hosts", "chain-evidence", "timers")) {
            KeyValueStore<?, ?> store = harness.driver().getKeyValueStore(name);
            try (var entries = store.all()) {
                assertThat(entries.hasNext()).as(name).isFalse();
            }
        }
    }

    @Test
    void emitsNothingTwiceForARecordThatComesTwice() {
        completeChain();
        var created = detections.readValue();
        completeChain();

        assertThat(detections.isEmpty()).isTrue();
        beat(Duration.ofHours(3));
        assertThat(detections.readValue().getDetectionId()).isEqualTo(created.getDetectionId());
        assertThat(detections.isEmpty()).isTrue();
    }

    @Test
    void intelThatComesAfterTheClickRaisesWhatWasEmitted() {
        completeChain();
        var created = detections.readValue();

        send(AttackTimeline.egress(95), Duration.ofMinutes(1));
        var raised = detections.readValue();
        send(AttackTimeline.egress(95), Duration.ofMinutes(1));
        send(AttackTimeline.egress(70), Duration.ofMinutes(1));

        assertThat(raised.getDetectionId()).isEqualTo(created.getDetectionId());
        assertThat(raised.getRevision()).isEqualTo(2);
        assertThat(raised.getDomain().getScore()).isEqualTo(95);
        assertThat(raised.getConfidence()).isGreaterThan(created.getConfidence());
        assertThat(detections.isEmpty()).isTrue();
    }

    @Test
    void aChainEndsWhereItsEvidenceIsTakenBackAndGoesOnUnderTheOtherNameOfItsHost() {
        completeChain();
        var created = detections.readValue();

        takeBack(AttackTimeline.click(), Duration.ofMinutes(4));
        takeBack(AttackTimeline.egress(70), Duration.ofMinutes(4));
        takeBack(AttackTimeline.write(), Duration.ofMinutes(4));

        var closed = detections.readRecord();
        assertThat(closed.key()).isEqualTo("ws1");
        assertThat(closed.value().getDetectionId()).isEqualTo(created.getDetectionId());
        assertThat(closed.value().getChange()).isEqualTo(DetectionChange.CLOSED);
        assertThat(closed.value().getMovedTo()).isEqualTo("ws1.corp.example");
        assertThat(detections.isEmpty()).isTrue();

        send(AttackTimeline.click().on("ws1.corp.example"), Duration.ofMinutes(4));
        send(AttackTimeline.egress(70).on("ws1.corp.example"), Duration.ofMinutes(4));
        send(AttackTimeline.write().on("ws1.corp.example"), Duration.ofMinutes(4));

        assertThat(detections.readValue().getEvidence()).hasSize(3);
        beat(Duration.ofDays(3));
        detections.readValue();
        assertThat(detections.isEmpty()).isTrue();
    }

    @Test
    void aChainThatBeganTooLongAgoToGoOnElsewhereStaysWhereItIs() {
        completeChain();
        detections.readValue();

        takeBack(AttackTimeline.write(), Duration.ofMinutes(15 + 60 + 10));

        assertThat(detections.readValuesToList())
                .noneMatch(detection -> detection.getChange() == DetectionChange.CLOSED);
    }

    private void takeBack(EvidenceDraft draft, Duration after) {
        Evidence gone = at(draft, after);
        evidence.pipeInput(
                gone.getHost(),
                Evidence.newBuilder(gone).setMovedTo("ws1.corp.example").build(),
                START.plus(after));
    }

    @Test
    void correlatesEachHostForItself() {
        send(AttackTimeline.click().on("ws2"), Duration.ZERO);
        send(AttackTimeline.egress(70), Duration.ofMinutes(1));
        send(AttackTimeline.write(), Duration.ofMinutes(2));

        assertThat(detections.isEmpty()).isTrue();
    }

    @Test
    void wakesEveryHostThatIsDueHoweverManyThereAre() {
        int many = 2_200;
        for (int i = 0; i < many; i++) {
            send(AttackTimeline.click().on("ws" + i), Duration.ZERO);
            send(AttackTimeline.egress(95).on("ws" + i), Duration.ofMinutes(1));
        }

        beat(Duration.ofHours(3));
        for (int i = 0; i < 20; i++) {
            send(heartbeat(), Duration.ofHours(3));
        }

        assertThat(counted("clicktrail.detections", "change", "created")).isEqualTo(many);
    }

    @Test
    void doesNotTakeStartsOfProcessesOnMacosForAViewOfClicks() {
        cover(EventKind.PROCESS_START);
        send(AttackTimeline.egress(95).platform(Platform.MACOS), Duration.ZERO);
        send(AttackTimeline.write().domain("evil.top", 95).platform(Platform.MACOS), Duration.ofMinutes(1));

        beat(Duration.ofHours(3));

        assertThat(detections.readValue().getMissing())
                .contains(new MissingStage(Stage.CLICK, MissingReason.NO_SENSOR));
    }

    @Test
    void countsWhatANoisyHostLoses() {
        for (int i = 0; i < 130; i++) {
            send(
                    EvidenceDraft.of("c" + i, EventKind.URL_OPEN, Role.CLICK).domain("site" + i + ".com", 10),
                    Duration.ZERO);
        }

        assertThat(counted("clicktrail.chain.dropped", "bound", "clicks")).isEqualTo(2);
    }

    @Test
    void passesOverATombstoneAndSendsNothingToTheDeadLetters() {
        evidence.pipeInput("ws1", (Evidence) null, START);
        completeChain();

        assertThat(detections.isEmpty()).isFalse();
        assertThat(harness.deadLetters().isEmpty()).isTrue();
    }

    private double counted(String name, String tag, String value) {
        return harness.meters().get(name).tag(tag, value).counter().count();
    }

    private void completeChain() {
        send(AttackTimeline.click(), Duration.ZERO);
        send(AttackTimeline.egress(70), Duration.ofMinutes(1));
        send(AttackTimeline.write(), Duration.ofMinutes(2));
    }

    private void send(EvidenceDraft draft, Duration after) {
        evidence.pipeInput(draft.host(), at(draft, after), START.plus(after));
    }

    private static Evidence at(EvidenceDraft draft, Duration after) {
        return draft.at(Duration.between(EvidenceDraft.NINE_O_CLOCK, START).plus(after))
                .evidence();
    }

    /** A heartbeat, and the settling time after which the time that it brings counts as passed. */
    private void beat(Duration after) {
        send(heartbeat(), after);
        harness.advanceWallClock(Duration.ofSeconds(1));
        harness.advanceWallClock(Duration.ofSeconds(1));
    }

    private void cover(EventKind kind) {
        cover(kind, Duration.ZERO);
    }

    private void cover(EventKind kind, Duration after) {
        coverage.pipeInput("ws1", new Coverage("ws1", kind, "test", START.plus(after)), START);
    }

    private static EvidenceDraft execution() {
        return EvidenceDraft.of("x1", EventKind.PROCESS_START, Role.EXECUTION)
                .process("wscript-1")
                .image("C:\\Windows\\System32\\wscript.exe")
                .lolbin(true)
                .commandPath("C:\\Users\\anna\\Downloads\\w1.js");
    }

    private static EvidenceDraft heartbeat() {
        return EvidenceDraft.of("heartbeat", EventKind.HEARTBEAT).on("heartbeat");
    }

    private static Tuning tuning(Duration window) {
        return Tunings.windows("window " + window)
                .setTimeWindowMs(window.toMillis())
                .build();
    }
}
