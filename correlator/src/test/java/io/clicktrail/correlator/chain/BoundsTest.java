package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.testing.EvidenceDraft;
import io.clicktrail.correlator.testing.SensorsAt;
import io.clicktrail.detection.Detection;
import io.clicktrail.event.EventKind;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.Role;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What one noisy host can cost, and what a chain costs. */
class BoundsTest {

    private static final int FLOOD = 3_000;

    private final Replay replay = Replay.onWindows(SensorsAt.alive());

    @Test
    void keepsTheYoungestOfAFloodAndCountsTheRest() {
        for (int i = 0; i < FLOOD; i++) {
            deliver(click("c" + i, "site" + i + ".com").at(Duration.ofMillis(i)));
            deliver(egress("e" + i, "other" + i + ".com")
                    .application("edge" + i, ApplicationKind.BROWSER)
                    .at(Duration.ofMillis(i)));
            deliver(write("w" + i)
                    .application("writer" + i, ApplicationKind.BROWSER)
                    .process("v" + i)
                    .at(Duration.ofMillis(i)));
            deliver(execution("x" + i).parent("v" + FLOOD + i).at(Duration.ofMillis(i)));
        }

        var state = replay.state();
        assertThat(state.clicks()).hasSize(StateBound.CLICKS.max());
        assertThat(state.egresses()).hasSize(StateBound.EGRESSES.max());
        assertThat(state.writes()).hasSize(StateBound.WRITES.max());
        assertThat(state.executions()).hasSize(StateBound.EXECUTIONS.max());
        assertThat(state.starts()).hasSize(StateBound.STARTS.max());
        assertThat(state.clicks().getLast().id())
                .isEqualTo(EventId.of(EvidenceDraft.eventId("ws1", "c" + (FLOOD - 1))));
        assertDropped(StateBound.CLICKS, FLOOD - StateBound.CLICKS.max());
        assertDropped(StateBound.EGRESSES, FLOOD - StateBound.EGRESSES.max());
        assertDropped(StateBound.WRITES, FLOOD - StateBound.WRITES.max());
        assertDropped(StateBound.EXECUTIONS, FLOOD - StateBound.EXECUTIONS.max());
        assertDropped(StateBound.STARTS, 2 * FLOOD - StateBound.STARTS.max());
        assertThat(replay.storedEvidence())
                .isEqualTo(StateBound.CLICKS.max()
                        + StateBound.EGRESSES.max()
                        + StateBound.WRITES.max()
                        + StateBound.EXECUTIONS.max());
        assertThat(HostStateCodec.encode(state)).hasSizeLessThan(128 * 1024);
    }

    @Test
    void aHundredDecoyClicksDisplaceNothing() {
        deliver(click("c1", "evil.top").at(Duration.ZERO));
        for (int i = 0; i < 100; i++) {
            deliver(click("decoy" + i, "site" + i + ".com")
                    .application("edge", ApplicationKind.BROWSER)
                    .at(Duration.ofSeconds(i)));
        }
        deliver(egress("e1", "evil.top").at(Duration.ofMinutes(3)));
        deliver(write("w1").at(Duration.ofMinutes(4)));

        var detection = onlyDetection();
        assertThat(detection.getEvidenceTotal()).isEqualTo(3);
        assertThat(detection.getEvidence().getFirst().getEvidence().getEvent().getEventId())
                .isEqualTo(EvidenceDraft.eventId("ws1", "c1"));
        assertThat(replay.dropped()).isEmpty();
    }

    @Test
    void aProgramThatConnectsOverAndOverDisplacesOnlyItself() {
        deliver(click("c1", "evil.top").at(Duration.ZERO));
        deliver(egress("e1", "evil.top").at(Duration.ofSeconds(1)));
        for (int i = 0; i < FLOOD / 5; i++) {
            deliver(egress("beacon" + i, "other.com")
                    .process("agent")
                    .application("agent", ApplicationKind.UNKNOWN)
                    .at(Duration.ofSeconds(2).plusMillis(i)));
        }
        deliver(write("w1").at(Duration.ofMinutes(4)));

        assertDropped(StateBound.EGRESSES, FLOOD / 5 + 1 - StateBound.EGRESSES.max());
        assertThat(replay.state().egresses().get(1).id())
                .isEqualTo(EventId.of(EvidenceDraft.eventId("ws1", "beacon0")));
        assertThat(onlyDetection().getTenantKey()).isEqualTo("evil.top");
    }

    @Test
    void aPageThatRequestsEverOtherFilesDisplacesOnlyItself() {
        deliver(click("c1", "evil.top").at(Duration.ZERO));
        deliver(egress("e1", "evil.top").at(Duration.ofSeconds(1)));
        for (int i = 0; i < FLOOD / 5; i++) {
            deliver(egress("file" + i, "other.com")
                    .urlFile("file" + i + ".js")
                    .process("agent")
                    .application("agent", ApplicationKind.UNKNOWN)
                    .at(Duration.ofSeconds(2).plusMillis(i)));
        }
        deliver(write("w1").at(Duration.ofMinutes(4)));

        assertThat(onlyDetection().getTenantKey()).isEqualTo("evil.top");
    }

    @Test
    void showsTwentyPiecesOfEvidenceAndCountsAll() {
        deliver(click("c1", "evil.top").at(Duration.ZERO));
        deliver(write("w1").at(Duration.ofMinutes(5)));
        for (int i = 0; i < 300; i++) {
            deliver(egress("e" + i, "evil.top").at(Duration.ofSeconds(i)));
        }

        var detection = onlyDetection();
        assertThat(detection.getEvidence()).hasSizeLessThanOrEqualTo(StateBound.CHAIN_EVIDENCE.max());
        assertThat(detection.getEvidenceTotal()).isEqualTo(OpenChain.MAX_COUNTED);
        assertThat(Collections.frequency(replay.dropped(), StateBound.CHAIN_EVIDENCE))
                .isEqualTo(
                        detection.getEvidenceTotal() - detection.getEvidence().size());
    }

    @Test
    void boundsOpenChainsAndCountsTheEpisodesOfTheirKeys() {
        for (int i = 0; i < 70; i++) {
            chain(i + "of.top", i, Duration.ofSeconds(i));
        }

        assertThat(replay.state().chains()).hasSize(StateBound.CHAINS.max());
        assertThat(replay.state().episodes()).hasSize(6);
        assertDropped(StateBound.CHAINS, 6);
    }

    @Test
    void forgetsEverythingOnceItIsOver() {
        chain("evil.top", 1, Duration.ZERO);
        assertThat(replay.state().isEmpty()).isFalse();

        replay.passToTheEnd();

        assertThat(replay.state().isEmpty()).isTrue();
        assertThat(replay.storedEvidence()).isZero();
    }

    @Test
    void anOpenChainCostsLessThanAKilobyte() {
        int before = HostStateCodec.encode(replay.state()).length;

        chain("evil.top", 1, Duration.ZERO);

        assertThat(replay.state().chains()).hasSize(1);
        assertThat(HostStateCodec.encode(replay.state()).length - before).isLessThan(1_024);
    }

    private void chain(String tenant, int number, Duration at) {
        deliver(click("c" + number, tenant)
                .application("browser" + number, ApplicationKind.BROWSER)
                .at(at));
        deliver(egress("e" + number, tenant)
                .application("browser" + number, ApplicationKind.BROWSER)
                .process("b" + number)
                .at(at));
        deliver(write("w" + number)
                .domain(tenant, 10)
                .application("browser" + number, ApplicationKind.BROWSER)
                .process("b" + number)
                .at(at));
        deliver(execution("x" + number)
                .commandPath("C:\\Users\\anna\\Downloads\\w" + number + ".js")
                .at(at));
    }

    private void assertDropped(StateBound bound, int times) {
        assertThat(Collections.frequency(replay.dropped(), bound))
                .as(bound.name())
                .isEqualTo(times);
    }

    private Detection onlyDetection() {
        var detections = replay.passToTheEnd().finalDetections().values();
        assertThat(detections).hasSize(1);
        return detections.iterator().next();
    }

    private void deliver(EvidenceDraft draft) {
        replay.deliver(draft.time(), draft.by("corp\\anna").evidence());
    }

    private static EvidenceDraft click(String name, String tenant) {
        return EvidenceDraft.of(name, EventKind.PROCESS_START, Role.CLICK)
                .domain(tenant, 70)
                .process("p-" + name)
                .parent("outlook")
                .application("chrome", ApplicationKind.BROWSER);
    }

    private static EvidenceDraft egress(String name, String tenant) {
        return EvidenceDraft.of(name, EventKind.NETWORK_CONNECTION, Role.EGRESS)
                .domain(tenant, 70)
                .process("chrome-main")
                .application("chrome", ApplicationKind.BROWSER);
    }

    private static EvidenceDraft write(String name) {
        return EvidenceDraft.of(name, EventKind.FILE_WRITE, Role.WRITE)
                .path("C:\\Users\\anna\\Downloads\\" + name + ".js")
                .process("chrome-main")
                .application("chrome", ApplicationKind.BROWSER);
    }

    private static EvidenceDraft execution(String name) {
        return EvidenceDraft.of(name, EventKind.PROCESS_START, Role.EXECUTION)
                .process("p-" + name)
                .parent("explorer")
                .lolbin(true)
                .image("C:\\Windows\\System32\\wscript.exe");
    }
}
