package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.testing.AttackTimeline;
import io.clicktrail.correlator.testing.EvidenceDraft;
import io.clicktrail.correlator.testing.SensorsAt;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.event.EventKind;
import io.clicktrail.evidence.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same event once more, with more or less said of it. */
class RepeatedEvidenceTest {

    private final Replay replay = Replay.onWindows(SensorsAt.alive());

    @Test
    void intelThatComesAfterTheClickRaisesTheOpenChain() {
        deliver(AttackTimeline.click(), AttackTimeline.egress(60), AttackTimeline.write());
        deliver(AttackTimeline.egress(95));

        var emitted = replay.emitted();
        assertThat(emitted)
                .extracting(Detection::getChange)
                .containsExactly(DetectionChange.CREATED, DetectionChange.REVISED);
        assertThat(emitted).extracting(Detection::getRevision).containsExactly(1, 2);
        assertThat(emitted)
                .extracting(detection -> detection.getDomain().getScore())
                .containsExactly(60, 95);
        assertThat(emitted.getLast().getConfidence())
                .isGreaterThan(emitted.getFirst().getConfidence());
        assertThat(emitted.getLast().getEvidence())
                .hasSameSizeAs(emitted.getFirst().getEvidence());
    }

    @Test
    void theSameRepeatTwiceIsOne() {
        deliver(AttackTimeline.click(), AttackTimeline.egress(60), AttackTimeline.write(), AttackTimeline.egress(95));
        deliver(AttackTimeline.egress(95), AttackTimeline.egress(95));

        assertThat(replay.emitted()).hasSize(2);
    }

    @Test
    void aWeakerRepeatTakesNothingAway() {
        deliver(AttackTimeline.click(), AttackTimeline.egress(95), AttackTimeline.write());
        deliver(AttackTimeline.egress(60));

        assertThat(replay.emitted()).hasSize(1);
        assertThat(replay.finalDetections().values())
                .allMatch(detection -> detection.getDomain().getScore() == 95);
    }

    @Test
    void itDoesNotMatterWhichOfTheTwoCameFirst() {
        deliver(AttackTimeline.click(), AttackTimeline.egress(60), AttackTimeline.write(), AttackTimeline.egress(95));
        var other = Replay.onWindows(SensorsAt.alive());
        deliver(
                other,
                AttackTimeline.click(),
                AttackTimeline.egress(95),
                AttackTimeline.write(),
                AttackTimeline.egress(60));

        assertThat(hashes(replay)).isEqualTo(hashes(other)).hasSize(1);
    }

    @Test
    void makesAChainThatTheFirstJudgementDidNot() {
        deliver(AttackTimeline.click(), AttackTimeline.egress(60));
        deliver(AttackTimeline.egress(95));
        replay.passToTheEnd();

        assertThat(replay.finalDetections()).hasSize(1);
    }

    @Test
    void aRoleThatIntelAddsCounts() {
        deliver(AttackTimeline.click(), request(Role.CLICK), AttackTimeline.write());
        assertThat(replay.emitted()).isEmpty();

        deliver(request(Role.CLICK, Role.EGRESS));

        assertThat(replay.emitted())
                .singleElement()
                .satisfies(emitted -> assertThat(emitted.getTenantKey()).isEqualTo("evil.top"));
    }

    @Test
    void raisesAChainAfterItsEventsExpired() {
        deliver(AttackTimeline.click(), AttackTimeline.egress(60), AttackTimeline.write());
        replay.pass(EvidenceDraft.NINE_O_CLOCK.plus(Duration.ofHours(5)));
        int before = replay.emitted().size();

        replay.deliver(
                EvidenceDraft.NINE_O_CLOCK.plus(Duration.ofHours(5)),
                AttackTimeline.egress(95).evidence());

        assertThat(replay.emitted()).hasSize(before + 1);
        assertThat(replay.emitted().getLast().getDomain().getScore()).isEqualTo(95);
        replay.passToTheEnd();
        assertThat(replay.state().isEmpty()).isTrue();
        assertThat(replay.storedEvidence()).isZero();
    }

    private void deliver(EvidenceDraft... drafts) {
        deliver(replay, drafts);
    }

    private static void deliver(Replay to, EvidenceDraft... drafts) {
        for (var draft : drafts) {
            to.deliver(EvidenceDraft.NINE_O_CLOCK.plus(Duration.ofMinutes(5)), draft.evidence());
        }
    }

    private static List<String> hashes(Replay of) {
        return of.passToTheEnd().finalDetections().values().stream()
                .map(Detection::getContentHash)
                .toList();
    }

    private static EvidenceDraft request(Role... roles) {
        return EvidenceDraft.of("e2", EventKind.HTTP_REQUEST, roles)
                .at(Duration.ofMinutes(1))
                .domain("evil.top", 60);
    }
}
