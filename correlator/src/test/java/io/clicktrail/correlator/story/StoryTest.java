package io.clicktrail.correlator.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.testing.Draft;
import io.clicktrail.detection.ClockDifference;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTest {

    @Test
    void timeAloneIsWeak() {
        var links = List.of(
                link(Stage.CLICK, Stage.EGRESS, LinkGrade.SAME_HOST),
                link(Stage.EGRESS, Stage.WRITE, LinkGrade.SAME_HOST));

        assertThat(Confidence.of(links, 60, List.of())).isEqualTo(24);
    }

    @Test
    void aChainThroughOneBrowserThatRanIsStrong() {
        var links = List.of(
                link(Stage.CLICK, Stage.EGRESS, LinkGrade.SAME_APPLICATION),
                link(Stage.EGRESS, Stage.WRITE, LinkGrade.ARTIFACT),
                link(Stage.WRITE, Stage.EXECUTION, LinkGrade.ARTIFACT));

        assertThat(Confidence.of(links, 60, List.of())).isEqualTo(83);
    }

    @Test
    void aStrongerGradeIsNeverWorthLess() {
        for (var into : List.of(Stage.EGRESS, Stage.WRITE, Stage.EXECUTION)) {
            int stronger = 100;
            for (var grade : LinkGrade.values()) {
                int points = Confidence.of(List.of(link(Stage.CLICK, into, grade)), 0, List.of());
                assertThat(points).as("%s into %s", grade, into).isPositive().isLessThanOrEqualTo(stronger);
                stronger = points;
            }
        }
    }

    @Test
    void onlyWhatALivingSensorDidNotSeeLowersConfidence() {
        var links = List.of(link(Stage.EGRESS, Stage.WRITE, LinkGrade.ARTIFACT));

        assertThat(Confidence.of(links, 70, missing(Stage.CLICK, MissingReason.NO_SENSOR)))
                .isEqualTo(46);
        assertThat(Confidence.of(links, 70, missing(Stage.CLICK, MissingReason.SENSOR_SILENT)))
                .isEqualTo(46);
        assertThat(Confidence.of(links, 70, missing(Stage.CLICK, MissingReason.NOT_SEEN)))
                .isEqualTo(36);
        assertThat(Confidence.of(links, 70, missing(Stage.EXECUTION, MissingReason.NOT_SEEN)))
                .isEqualTo(46);
    }

    @Test
    void measuresTheClocksOnWhatNetworkAndEndpointBothSaw() {
        var evidence = List.of(
                seen("e1", 0, true),
                seen("n1", 1_500, false),
                seen("e2", 60_000, true),
                seen("n2", 61_700, false),
                seen("n3", 600_000, false));

        assertThat(Clocks.differences(evidence, Duration.ofMinutes(2)))
                .containsExactly(new ClockDifference("test", "test", 1_500L, 2));
        assertThat(Clocks.differences(evidence.subList(1, 2), Duration.ofMinutes(2)))
                .isEmpty();
    }

    private static StageEvidence seen(String name, long millis, boolean byEndpoint) {
        var draft = Draft.of(name, EventKind.DNS_QUERY, Role.EGRESS)
                .domain("evil.top", 70)
                .at(Duration.ofMillis(millis));
        return new StageEvidence(Stage.EGRESS, (byEndpoint ? draft.process("p1") : draft).evidence());
    }

    @Test
    void theHashLeavesOutDeliveryAndCount() {
        var first = detection(1, DetectionChange.CREATED, 7, "evil.top");
        var again = detection(4, DetectionChange.REVISED, 8_000, "evil.top");

        assertThat(ContentHash.of(again)).isEqualTo(ContentHash.of(first)).hasSize(64);
    }

    @Test
    void theHashTellsContentApart() {
        assertThat(ContentHash.of(detection(1, DetectionChange.CREATED, 7, "evil.top")))
                .isNotEqualTo(ContentHash.of(detection(1, DetectionChange.CREATED, 7, "bad.dev")));
    }

    @Test
    void hashingLeavesTheEvidenceAsItIs() {
        var detection = detection(3, DetectionChange.REVISED, 7, "evil.top");

        ContentHash.of(detection);

        assertThat(detection).isEqualTo(detection(3, DetectionChange.REVISED, 7, "evil.top"));
    }

    private static Link link(Stage from, Stage to, LinkGrade grade) {
        return new Link(from, "a", to, "b", grade, LinkWords.of(grade, from, to, EventKind.PROCESS_START));
    }

    private static List<MissingStage> missing(Stage stage, MissingReason reason) {
        return List.of(new MissingStage(stage, reason));
    }

    private static Detection detection(int revision, DetectionChange change, int offset, String tenant) {
        var evidence = Draft.of("e1", EventKind.NETWORK_CONNECTION, Role.EGRESS)
                .domain(tenant, 70)
                .offset(offset)
                .evidence();
        return Detection.newBuilder()
                .setDetectionId("id")
                .setRevision(revision)
                .setChange(change)
                .setAnalyticId("AN0178")
                .setHost("ws1")
                .setPlatform(Platform.WINDOWS)
                .setTenantKey("evil.top")
                .setEvidence(List.of(new StageEvidence(Stage.EGRESS, evidence)))
                .setEvidenceTotal(1)
                .setLinks(List.of())
                .setMissing(List.of())
                .setConfidence(10)
                .setFirstEventTime(Draft.NINE_O_CLOCK)
                .setLastEventTime(Draft.NINE_O_CLOCK)
                .setDetectedTime(Draft.NINE_O_CLOCK)
                .setWindowMs(1)
                .setFollowOnMs(1)
                .setSkewMs(1)
                .setTuningVersion("1")
                .setContentHash("")
                .build();
    }
}
