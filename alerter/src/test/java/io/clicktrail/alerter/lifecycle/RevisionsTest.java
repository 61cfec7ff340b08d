package io.clicktrail.alerter.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.lifecycle.Decision.Reason;
import io.clicktrail.alerter.lifecycle.Decision.Send;
import io.clicktrail.alerter.lifecycle.Decision.Skip;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.RiskBand;
import org.junit.jupiter.api.Test;

class RevisionsTest {

    private static final Alert DOWNLOADED = draft(Stories.downloaded(), 1);
    private static final Alert EXECUTED = draft(Stories.executed(), 2);

    @Test
    void theFirstSightCreatesTheCase() {
        assertThat(sent(Revisions.next(null, DOWNLOADED, DetectionChange.CREATED)))
                .isEqualTo(DOWNLOADED);
        assertThat(DOWNLOADED.getLifecycle()).isEqualTo(Lifecycle.CREATE);
    }

    @Test
    void aCaseFirstSeenRevisedIsCreatedToo() {
        assertThat(sent(Revisions.next(null, EXECUTED, DetectionChange.REVISED)).getLifecycle())
                .isEqualTo(Lifecycle.CREATE);
    }

    @Test
    void theSameContentSendsNothing() {
        assertThat(Revisions.next(DOWNLOADED, draft(Stories.downloaded(), 2), DetectionChange.REVISED))
                .isEqualTo(new Skip(Reason.SAME_CONTENT));
    }

    @Test
    void aNewStageIsAnUpdateThatSaysWhatChanged() {
        Alert update = sent(Revisions.next(DOWNLOADED, EXECUTED, DetectionChange.REVISED));

        assertThat(update.getLifecycle()).isEqualTo(Lifecycle.UPDATE);
        assertThat(update.getRevision()).isEqualTo(2);
        assertThat(update.getIdempotencyKey()).isEqualTo(update.getAlertId() + ":2");
        assertThat(update.getChangeReason()).isEqualTo(ChangeReason.SEVERITY_UP);
        assertThat(update.getChangeNote()).contains("severity medium to high", "tier 1 to 2", "stage execution seen");
        assertThat(Outlet.of(update)).isEqualTo(Outlet.UPDATES);
    }

    @Test
    void intelIsTheWeightiestReason() {
        Alert known = draft(
                Stories.withDomain(
                        Stories.executed(),
                        DomainRisk.newBuilder(Stories.lookAlike())
                                .setScore(100)
                                .setBand(RiskBand.KNOWN_BAD)
                                .build()),
                2);

        Alert update = sent(Revisions.next(DOWNLOADED, known, DetectionChange.REVISED));

        assertThat(update.getChangeReason()).isEqualTo(ChangeReason.INTEL_HIT);
        assertThat(update.getEscalation().getTier()).isEqualTo(3);
    }

    @Test
    void anOlderRevisionThatComesAgainSendsNothing() {
        Alert update = sent(Revisions.next(DOWNLOADED, EXECUTED, DetectionChange.REVISED));

        assertThat(Revisions.next(update, DOWNLOADED, DetectionChange.CREATED))
                .isEqualTo(new Skip(Reason.OLDER_REVISION));
    }

    @Test
    void aCorrelatorThatCountsAnewIsHeardWhenItKnowsMore() {
        Alert later = draft(Stories.downloaded(), 7);

        assertThat(Revisions.next(later, draft(Stories.executed(), 1), DetectionChange.CREATED))
                .isInstanceOf(Send.class);
    }

    @Test
    void aRetractionClosesOnce() {
        Alert closed = sent(Revisions.next(DOWNLOADED, draft(Stories.downloaded(), 2), DetectionChange.CLOSED));

        assertThat(closed.getLifecycle()).isEqualTo(Lifecycle.CLOSE);
        assertThat(closed.getState()).isEqualTo(CaseState.RESOLVED);
        assertThat(closed.getChangeReason()).isEqualTo(ChangeReason.RETRACTED);
        assertThat(Revisions.next(closed, draft(Stories.downloaded(), 2), DetectionChange.CLOSED))
                .isEqualTo(new Skip(Reason.NOTHING_TO_CLOSE));
    }

    @Test
    void aRetractionWithoutACaseSendsNothing() {
        assertThat(Revisions.next(null, DOWNLOADED, DetectionChange.CLOSED))
                .isEqualTo(new Skip(Reason.NOTHING_TO_CLOSE));
    }

    @Test
    void newCasesGoToTheTopicOfTheirTier() {
        assertThat(Outlet.of(DOWNLOADED)).isEqualTo(Outlet.TIER_1);
        assertThat(Outlet.of(EXECUTED)).isEqualTo(Outlet.TIER_2);
    }

    private static Alert sent(Decision decision) {
        assertThat(decision).isInstanceOf(Send.class);
        return ((Send) decision).alert();
    }

    private static Alert draft(Detection detection, int revision) {
        return Stories.alert(
                Detection.newBuilder(detection).setRevision(revision).build());
    }
}
