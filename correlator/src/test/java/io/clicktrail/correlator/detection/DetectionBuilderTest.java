package io.clicktrail.correlator.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clicktrail.correlator.testing.EvidenceDraft;
import io.clicktrail.detection.ClockDifference;
import io.clicktrail.detection.ContentVerdict;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.FileContent;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Http;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Url;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FilePreparation;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.Role;
import java.time.Duration;
import java.util.List;
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
        "NONE, what ran is the file that was written",
        "MADE_EXECUTABLE, the file that was written was made executable",
        "MARK_REMOVED, the file that was written lost the mark of a download"
    })
    void aLinkToAnExecutionSaysWhetherTheFileRan(FilePreparation preparation, String reason) {
        assertThat(LinkDescriptions.of(LinkGrade.ARTIFACT, Stage.WRITE, Stage.EXECUTION, preparation))
                .isEqualTo(reason);
    }

    @Test
    void aLinkFromAClickOrEgressToAnExecutionSpeaksOfNoFileThatWasWritten() {
        assertThat(LinkDescriptions.of(LinkGrade.ARTIFACT, Stage.CLICK, Stage.EXECUTION, FilePreparation.NONE))
                .isEqualTo("what ran names the place of the clicked link, or is the file that the link names");
        assertThat(LinkDescriptions.of(LinkGrade.ARTIFACT, Stage.EGRESS, Stage.EXECUTION, FilePreparation.NONE))
                .isEqualTo("what ran is the file that the requested address names");
        assertThat(LinkDescriptions.of(LinkGrade.SAME_USER, Stage.CLICK, Stage.EXECUTION, FilePreparation.NONE))
                .isEqualTo("the same user typed or pasted a command after the click");
    }

    @ParameterizedTest
    @CsvSource({
        "invoice.pdf, DOCUMENT, application/x-dosexec, MISMATCH",
        "photo.jpg, OTHER, text/javascript, MISMATCH",
        "photo.jpg, OTHER, application/zip, MISMATCH",
        "setup.js, SCRIPT, application/x-msdownload, MISMATCH",
        "invoice.pdf, DOCUMENT, application/zip, MISMATCH",
        "update.ps1, SCRIPT, application/x-dosexec, MISMATCH",
        "cache.dat, OTHER, application/x-dosexec, MISMATCH",
        "invoice.exe, EXECUTABLE, application/x-dosexec, MATCHES",
        "INVOICE.EXE, EXECUTABLE, application/x-dosexec, MATCHES",
        "update.ps1, SCRIPT, application/x-powershell, MATCHES",
        "update.ps1, SCRIPT, text/plain, MATCHES",
        "invoice.lnk, SHORTCUT, application/x-ms-shortcut, MATCHES",
        "report.docx, DOCUMENT, application/zip, MATCHES",
        "invoice.pdf, DOCUMENT, application/pdf, MATCHES",
        "tool.deb, EXECUTABLE, application/x-executable, MATCHES",
        "runme, NONE, application/x-executable, NOTHING_PROMISED",
        "notes.tmp, OTHER, text/plain, NOTHING_PROMISED",
        "invoice.pdf, DOCUMENT, application/octet-stream, SAYS_NOTHING",
        "invoice.pdf, DOCUMENT, application/x-nobody-knows, SAYS_NOTHING"
    })
    void theContentOfAFileIsComparedWithItsExtension(
            String name, ExtensionClass extension, String type, ContentVerdict verdict) {
        var evidence = List.of(requested("/a/" + name + "?id=1", type + "; charset=binary"), written(name, extension));

        assertThat(FileContents.of(evidence))
                .containsExactly(new FileContent(
                        EvidenceDraft.eventId("ws1", "w1"), EvidenceDraft.eventId("ws1", "e1"), name, type, verdict));
    }

    @Test
    void thePageOfAViewerDoesNotSpeakAgainstAFileThatMatches() {
        var name = "invoice.pdf";

        assertThat(FileContents.of(List.of(
                        requested("/view/" + name, "text/html"),
                        requested("/raw/" + name, "application/pdf"),
                        written(name, ExtensionClass.DOCUMENT))))
                .extracting(FileContent::getMimeType, FileContent::getVerdict)
                .containsExactly(tuple("application/pdf", ContentVerdict.MATCHES));
    }

    @Test
    void codeUnderAFalseNameSpeaksAgainstAFileWhateverElseWasSeen() {
        var name = "invoice.pdf";

        assertThat(FileContents.of(List.of(
                        requested("/raw/" + name, "application/pdf"),
                        requested("/again/" + name, "application/x-dosexec"),
                        written(name, ExtensionClass.DOCUMENT))))
                .extracting(FileContent::getMimeType, FileContent::getVerdict)
                .containsExactly(tuple("application/x-dosexec", ContentVerdict.MISMATCH));
    }

    @Test
    void aRequestForAnotherFileSaysNothing() {
        assertThat(FileContents.of(List.of(
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
    void theHashLeavesOutTheDeliveryOfClicksNearby() {
        var detection = detection(1, DetectionChange.CREATED, 7, "evil.top");
        var first = Detection.newBuilder(detection)
                .setNearbyClicks(List.of(nearby(1)))
                .build();
        var again = Detection.newBuilder(detection)
                .setNearbyClicks(List.of(nearby(2)))
                .build();

        assertThat(ContentHash.of(again)).isEqualTo(ContentHash.of(first)).isNotEqualTo(ContentHash.of(detection));
    }

    private static Evidence nearby(int offset) {
        return EvidenceDraft.of("c2", EventKind.PROCESS_START, Role.CLICK)
                .domain("news.com", 0)
                .offset(offset)
                .evidence();
    }

    @Test
    void theHashDistinguishesContent() {
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
        return new Link(from, "a", to, "b", grade, LinkDescriptions.of(grade, from, to, FilePreparation.NONE));
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
