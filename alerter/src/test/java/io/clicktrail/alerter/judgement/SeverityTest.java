package io.clicktrail.alerter.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Impact;
import io.clicktrail.alert.RiskLevel;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.AnyChain;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.assets.AssetImportance;
import io.clicktrail.alerter.assets.AssetInventory;
import io.clicktrail.alerter.assets.HostAsset;
import io.clicktrail.alerter.assets.NamePattern;
import io.clicktrail.alerter.assets.PersonAsset;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.File;
import io.clicktrail.event.MarkAction;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.RiskBand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTest {

    private static final AssetImportance AT_STAKE = new AssetInventory(
                    List.of(new HostAsset(new NamePattern("ws-*"), 2, HostAsset.Kind.SERVER, null, null)),
                    List.of(new PersonAsset(new NamePattern("corp\\a*"), true, null, null)))
            .importance(Stories.HOST, Stories.USER);

    private static final DomainRisk KNOWN_BAD = DomainRisk.newBuilder(Stories.lookAlike())
            .setScore(95)
            .setBand(RiskBand.KNOWN_BAD)
            .build();
    private static final DomainRisk OLD =
            DomainRisk.newBuilder(Stories.lookAlike()).setParts(List.of()).build();

    @Test
    void contactAloneIsLow() {
        assertThat(severity(Stories.contacted())).isEqualTo(Severity.LOW);
    }

    @Test
    void aRiskyFileInAUsersFolderIsMedium() {
        assertThat(severity(Stories.downloaded())).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void executionIsHigh() {
        assertThat(severity(Stories.executed())).isEqualTo(Severity.HIGH);
    }

    @Test
    void aKnownBadLinkIsHighEvenWithoutAFile() {
        assertThat(severity(Stories.withDomain(Stories.contacted(), KNOWN_BAD))).isEqualTo(Severity.HIGH);
    }

    @Test
    void executionAfterAKnownBadLinkIsCritical() {
        assertThat(severity(Stories.withDomain(Stories.executed(), KNOWN_BAD))).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void whatADetectionSaysAtFirstSightIsWhatItsCaseIsJudgedTo() {
        long seed = 20_261_122;
        var chains = new ArrayList<>(AnyChain.of(seed, 300));
        chains.addAll(List.of(
                Stories.executed(),
                Stories.downloaded(),
                Stories.contacted(),
                Stories.withDomain(Stories.contacted(), KNOWN_BAD)));

        assertThat(chains).allSatisfy(chain -> {
            for (int devices : List.of(1, 5)) {
                assertThat(Judgement.high(chain, devices))
                        .as("seed %d, %s", seed, chain.getDetectionId())
                        .isEqualTo(Judgement.of(Chain.of(chain), devices, AssetImportance.UNKNOWN)
                                        .severity()
                                        .compareTo(Severity.HIGH)
                                >= 0);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "true,  DOCUMENT,   false, false, NONE,    LOW",
        "true,  OTHER,      false, false, SET,     LOW",
        "false, EXECUTABLE, true,  true,  SET,     LOW",
        "true,  EXECUTABLE, false, false, NONE,    MEDIUM",
        "true,  SHORTCUT,   false, false, NONE,    MEDIUM",
        "true,  DOCUMENT,   true,  false, NONE,    MEDIUM",
        "true,  DOCUMENT,   false, true,  NONE,    MEDIUM",
        "false, DOCUMENT,   false, false, REMOVED, MEDIUM",
        "false, DOCUMENT,   false, false, MISSING, MEDIUM"
    })
    void theFileDecidesBetweenLowAndMedium(
            boolean userWritable,
            ExtensionClass kind,
            boolean highRisk,
            boolean deceptive,
            MarkAction mark,
            Severity expected) {
        Detection detection = rewritten(
                file -> FileRisk.newBuilder(file)
                        .setUserWritable(userWritable)
                        .setExtensionClass(kind)
                        .setHighRiskExtension(highRisk)
                        .setDeceptiveName(deceptive)
                        .build(),
                mark);

        assertThat(severity(Stories.withDomain(detection, OLD))).isEqualTo(expected);
    }

    @Test
    void anyFileOfANewDomainInAUsersFolderIsMedium() {
        Detection detection = rewritten(
                file -> FileRisk.newBuilder(file)
                        .setExtensionClass(ExtensionClass.DOCUMENT)
                        .setHighRiskExtension(false)
                        .build(),
                MarkAction.SET);

        assertThat(severity(detection)).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void severityConfidenceAndRiskAreKeptApart() {
        Judgement judgement = Judgement.of(Chain.of(Stories.executed()), 1, AssetImportance.UNKNOWN);

        assertThat(judgement.confidence()).isEqualTo(86);
        assertThat(judgement.risk()).isEqualTo(63);
        assertThat(judgement.riskLevel()).isEqualTo(RiskLevel.HIGH);
        assertThat(judgement.impact()).isEqualTo(Impact.HIGH);
    }

    @Test
    void codeThatRanOnAnImportantHostIsCritical() {
        Judgement judgement = Judgement.of(Chain.of(Stories.executed()), 1, AT_STAKE);

        assertThat(judgement.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(judgement.severityReasons()).contains("the host is a server", "the account is an administrator's");
        assertThat(judgement.risk()).isEqualTo(94);
    }

    @Test
    void whereNothingRanWhatIsAtStakeRaisesTheRiskAlone() {
        Judgement usual = Judgement.of(Chain.of(Stories.downloaded()), 1, AssetImportance.UNKNOWN);
        Judgement judgement = Judgement.of(Chain.of(Stories.downloaded()), 1, AT_STAKE);

        assertThat(judgement.severity()).isEqualTo(usual.severity());
        assertThat(judgement.severityReasons()).isEqualTo(usual.severityReasons());
        assertThat(judgement.risk()).isGreaterThan(usual.risk());
    }

    @Test
    void theBreakdownAddsUpToTheScoreOfTheDomain() {
        Judgement judgement = Judgement.of(Chain.of(Stories.executed()), 1, AssetImportance.UNKNOWN);

        assertThat(judgement.breakdown().stream()
                        .mapToInt(line -> line.getPoints())
                        .sum())
                .isEqualTo(78);
        assertThat(judgement.breakdown())
                .allSatisfy(line -> assertThat(line.getEventId()).isNotNull());
    }

    @Test
    void whatLoweredItIsSaid() {
        Judgement judgement = Judgement.of(Chain.of(Stories.contacted()), 1, AssetImportance.UNKNOWN);

        assertThat(judgement.lowered())
                .extracting(lowering -> lowering.getRule())
                .containsExactly("input_missing", "missing_stage", "missing_stage");
    }

    private static Severity severity(Detection detection) {
        return Judgement.of(Chain.of(detection), 1, AssetImportance.UNKNOWN).severity();
    }

    private static Detection rewritten(UnaryOperator<FileRisk> risk, MarkAction mark) {
        List<StageEvidence> evidence = Stories.downloaded().getEvidence().stream()
                .map(item -> item.getStage() == Stage.WRITE ? rewritten(item, risk, mark) : item)
                .toList();
        return Stories.withEvidence(Stories.downloaded(), evidence);
    }

    private static StageEvidence rewritten(StageEvidence item, UnaryOperator<FileRisk> risk, MarkAction mark) {
        Evidence evidence = item.getEvidence();
        var event = io.clicktrail.event.Event.newBuilder(evidence.getEvent())
                .setFile(File.newBuilder(evidence.getEvent().getFile())
                        .setMark(mark)
                        .build())
                .build();
        return new StageEvidence(
                item.getStage(),
                Evidence.newBuilder(evidence)
                        .setEvent(event)
                        .setFile(risk.apply(evidence.getFile()))
                        .build());
    }
}
