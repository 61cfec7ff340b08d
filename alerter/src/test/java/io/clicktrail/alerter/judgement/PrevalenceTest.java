package io.clicktrail.alerter.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Lowering;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.aftermath.Aftermath;
import io.clicktrail.alerter.assets.AssetImportance;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.context.SubjectHistory;
import io.clicktrail.alerter.context.Subjects;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Event;
import io.clicktrail.event.Process;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.state.Finding;
import io.clicktrail.state.Seen;
import io.clicktrail.state.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How common a file and its signer were before the chain. */
class PrevalenceTest {

    private static final Detection CHAIN = signed(Stories.executed());
    private static final String FILE =
            Subjects.file(Subjects.filesOf(CHAIN).iterator().next());
    private static final String SIGNER =
            Subjects.signer(Subjects.signersOf(CHAIN).iterator().next());
    private static final Instant START = CHAIN.getFirstEventTime();
    private static final Instant WEEK_BEFORE = START.minus(Duration.ofDays(7));

    @Test
    void nothingIsKnownWithoutHistory() {
        assertThat(Prevalence.of(START, CaseContext.none(CHAIN))).isEqualTo(Prevalence.NONE);
        assertThat(Prevalence.NONE.loss()).isZero();
    }

    @Test
    void hostsThatHadItForAWeekCountAndLaterOnesDoNot() {
        CaseContext context = context(
                FILE,
                List.of(
                        seen("ws-2", WEEK_BEFORE),
                        seen("ws-3", WEEK_BEFORE.minusSeconds(1)),
                        seen("ws-4", WEEK_BEFORE.plusMillis(1)),
                        seen("ws-5", START),
                        seen("ws-6", START.plusSeconds(60))));

        assertThat(Prevalence.of(START, context)).isEqualTo(new Prevalence(2, 0));
    }

    @Test
    void theHostOfTheChainDoesNotCount() {
        CaseContext context = context(SIGNER, List.of(seen(CHAIN.getHost(), WEEK_BEFORE), seen("ws-2", WEEK_BEFORE)));

        assertThat(Prevalence.of(START, context)).isEqualTo(new Prevalence(0, 1));
    }

    @ParameterizedTest
    @CsvSource({"4, 4, 0", "5, 4, 15", "4, 5, 5", "5, 5, 20", "30, 30, 20"})
    void fromFiveOtherHostsOnItTakesFromTheConfidence(int file, int signer, int loss) {
        assertThat(new Prevalence(file, signer).loss()).isEqualTo(loss);
    }

    @Test
    void theDecisionSaysWhatItTookAndWhy() {
        var context = CaseContext.none(CHAIN);
        Chain chain = Chain.of(CHAIN);
        Aftermath aftermath = Aftermath.of(chain, context);

        Judgement plain = Judgement.of(chain, 1, AssetImportance.UNKNOWN, aftermath, Prevalence.NONE);
        Judgement common = Judgement.of(chain, 1, AssetImportance.UNKNOWN, aftermath, new Prevalence(6, 9));

        assertThat(common.confidence()).isEqualTo(plain.confidence() - 20);
        assertThat(common.severity()).isEqualTo(plain.severity());
        assertThat(common.lowered())
                .contains(
                        new Lowering("prevalent_file", "6 other hosts have had the file for a week or longer"),
                        new Lowering(
                                "prevalent_signer",
                                "9 other hosts have run programs of its signer for a week or longer"));
        assertThat(plain.lowered()).extracting(Lowering::getRule).doesNotContain("prevalent_file", "prevalent_signer");
    }

    private static CaseContext context(String subject, List<Seen> hosts) {
        return CaseContext.of(
                CHAIN,
                List.of(Finding.newBuilder()
                        .setSubject(subject)
                        .setKnown(Subject.newBuilder(SubjectHistory.EMPTY)
                                .setHosts(hosts)
                                .build())
                        .setDetectionId(CHAIN.getDetectionId())
                        .build()));
    }

    private static Seen seen(String host, Instant first) {
        return new Seen(host, first);
    }

    private static Detection signed(Detection detection) {
        var all = new ArrayList<>(detection.getEvidence());
        all.replaceAll(item -> {
            if (item.getStage() != Stage.EXECUTION) {
                return item;
            }
            Evidence run = item.getEvidence();
            Process process = Process.newBuilder(run.getEvent().getProcess())
                    .setCodeSignature(new CodeSignature(null, null, "Contoso Ltd", SignatureStatus.VALID, null))
                    .build();
            return new StageEvidence(
                    item.getStage(),
                    Evidence.newBuilder(run)
                            .setEvent(Event.newBuilder(run.getEvent())
                                    .setProcess(process)
                                    .build())
                            .setProcess((run.getProcess() == null
                                            ? ProcessRisk.newBuilder()
                                            : ProcessRisk.newBuilder(run.getProcess()))
                                    .setImageUserWritable(true)
                                    .build())
                            .build());
        });
        return Stories.withEvidence(detection, all);
    }
}
