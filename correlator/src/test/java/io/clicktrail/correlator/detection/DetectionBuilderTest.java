package io.clicktrail.correlator.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.testing.EvidenceDraft;
import io.clicktrail.detection.ClockDifference;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.Disguise;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MadeReady;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Readying;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Http;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.Url;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.Role;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionBuilderTest {

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

        assertThat(ClockSkew.differences(evidence, Duration.ofMinutes(2)))
                .containsExactly(new ClockDifference("test", "test", 1_500L, 2));
        assertThat(ClockSkew.differences(evidence.subList(1, 2), Duration.ofMinutes(2)))
                .isEmpty();
    }

    private static StageEvidence seen(String name, long millis, boolean byEndpoint) {
        var draft = EvidenceDraft.of(name, EventKind.DNS_QUERY, Role.EGRESS)
                .domain("evil.top", 70)
                .at(Duration.ofMillis(millis));
        return new StageEvidence(Stage.EGRESS, (byEndpoint ? draft.process("p1") : draft).evidence());
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/chmod, chmod +x a.sh, MADE_EXECUTABLE",
        "/bin/chmod, chmod -R u=rwx a.sh, MADE_EXECUTABLE",
        "/usr/bin/chmod, chmod 0755 a.sh, MADE_EXECUTABLE",
        "/usr/bin/chmod, chmod 644 a.sh,",
        "/usr/bin/chmod, chmod -x a.sh,",
        "/usr/bin/xattr, xattr -d com.apple.quarantine a.dmg, MARK_REMOVED",
        "/usr/bin/xattr, xattr -cr a.app, MARK_REMOVED",
        "/usr/bin/xattr, xattr -l a.dmg,",
        "/home/anna/Downloads/a.AppImage, ./a.AppImage -d,"
    })
    void tellsWhatMakesAFileReadyFromWhatRunsIt(String image, String commandLine, @Nullable Readying how) {
        var draft =
                EvidenceDraft.of("x1", EventKind.PROCESS_START, Role.EXECUTION).image(image);
        var started = draft.evidence().getEvent();
        var event = Event.newBuilder(started)
                .setProcess(Process.newBuilder(started.getProcess())
                        .setCommandLine(commandLine)
                        .build())
                .build();

        assertThat(FilePreparation.how(event)).isEqualTo(how);
    }

    @Test
    void evidenceOfAFileThatWasMadeReadyIsNamed() {
        var mode = EvidenceDraft.of("x1", EventKind.FILE_MODE, Role.EXECUTION).path("/home/anna/a.sh");
        var mark = EvidenceDraft.of("x2", EventKind.FILE_MARK, Role.EXECUTION).path("/home/anna/a.dmg");

        assertThat(FilePreparation.of(List.of(
                        new StageEvidence(Stage.EXECUTION, mode.evidence()),
                        new StageEvidence(Stage.WRITE, mark.evidence()),
                        new StageEvidence(Stage.EXECUTION, mark.evidence()))))
                .containsExactly(
                        new MadeReady(EvidenceDraft.eventId("ws1", "x1"), Readying.MADE_EXECUTABLE),
                        new MadeReady(EvidenceDraft.eventId("ws1", "x2"), Readying.MARK_REMOVED));
    }

    @ParameterizedTest
    @CsvSource({
        "invoice.pdf, DOCUMENT, application/x-dosexec",
        "photo.jpg, OTHER, text/javascript",
        "photo.jpg, OTHER, application/zip",
        "setup.js, SCRIPT, application/x-msdownload"
    })
    void aFileThatIsNotWhatItsExtensionPromisesIsNamed(String name, ExtensionClass extension, String type) {
        var evidence = List.of(requested("/a/" + name + "?id=1", type + "; charset=binary"), written(name, extension));

        assertThat(MimeMismatch.of(evidence))
                .containsExactly(new Disguise(
                        EvidenceDraft.eventId("ws1", "w1"), EvidenceDraft.eventId("ws1", "e1"), name, type));
    }

    @ParameterizedTest
    @CsvSource({
        "invoice.exe, EXECUTABLE, application/x-dosexec",
        "report.docx, DOCUMENT, application/zip",
        "runme, NONE, application/x-executable",
        "invoice.pdf, DOCUMENT, application/pdf",
        "invoice.pdf, DOCUMENT, application/octet-stream"
    })
    void aFileThatKeepsItsPromiseIsNot(String name, ExtensionClass extension, String type) {
        assertThat(MimeMismatch.of(List.of(requested("/a/" + name, type), written(name, extension))))
                .isEmpty();
    }

    @Test
    void aRequestForAnotherFileSaysNothing() {
        assertThat(MimeMismatch.of(List.of(
                        requested("/a/other.pdf", "application/x-dosexec"),
                        written("invoice.pdf", ExtensionClass.DOCUMENT))))
                .isEmpty();
    }

    private static StageEvidence requested(String path, String type) {
        var evidence = EvidenceDraft.of("e1", EventKind.HTTP_REQUEST, Role.EGRESS)
                .domain("evil.top", 70)
                .evidence();
        return new StageEvidence(
                Stage.EGRESS,
                Evidence.newBuilder(evidence)
                        .setEvent(Event.newBuilder(evidence.getEvent())
                                .setUrl(new Url("http://evil.top" + path))
                                .setHttp(Http.newBuilder().setMimeType(type).build())
                                .build())
                        .build());
    }

    private static StageEvidence written(String name, ExtensionClass extension) {
        var evidence = EvidenceDraft.of("w1", EventKind.FILE_WRITE, Role.WRITE)
                .path("C:\\Users\\anna\\Downloads\\" + name)
                .evidence();
        return new StageEvidence(
                Stage.WRITE,
                Evidence.newBuilder(evidence)
                        .setFile(FileRisk.newBuilder(evidence.getFile())
                                .setExtensionClass(extension)
                                .build())
                        .build());
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
        return new Link(from, "a", to, "b", grade, LinkDescriptions.of(grade, from, to, null));
    }

    private static List<MissingStage> missing(Stage stage, MissingReason reason) {
        return List.of(new MissingStage(stage, reason));
    }

    private static Detection detection(int revision, DetectionChange change, int offset, String tenant) {
        var evidence = EvidenceDraft.of("e1", EventKind.NETWORK_CONNECTION, Role.EGRESS)
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
                .setFirstEventTime(EvidenceDraft.NINE_O_CLOCK)
                .setLastEventTime(EvidenceDraft.NINE_O_CLOCK)
                .setDetectedTime(EvidenceDraft.NINE_O_CLOCK)
                .setWindowMs(1)
                .setFollowOnMs(1)
                .setSkewMs(1)
                .setTuningVersion("1")
                .setContentHash("")
                .build();
    }
}
