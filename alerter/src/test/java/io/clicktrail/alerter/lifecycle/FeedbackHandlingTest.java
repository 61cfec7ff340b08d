package io.clicktrail.alerter.lifecycle;

import static io.clicktrail.alerter.lifecycle.Cabinet.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Reason;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Skip;
import io.clicktrail.detection.Detection;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.FeedbackKind;
import io.clicktrail.feedback.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeedbackHandlingTest {

    private static final String ID = Stories.executed().getDetectionId();

    private final Cabinet cabinet = new Cabinet();

    @Test
    void anAcknowledgementStopsTheClockOnce() {
        cabinet.detect(Stories.executed());

        Alert known = sent(cabinet.say(said(FeedbackKind.ACKNOWLEDGE, Cabinet.NOW)));

        assertThat(known.getState()).isEqualTo(CaseState.IN_PROGRESS);
        assertThat(known.getHandling().getAcknowledgedBy()).isEqualTo("bob");
        assertThat(cabinet.due(ID, Cabinet.NOW.plus(Duration.ofDays(1)))).isEqualTo(new Skip(Reason.NOT_DUE));
        assertThat(cabinet.say(said(FeedbackKind.ACKNOWLEDGE, Cabinet.NOW))).isEqualTo(new Skip(Reason.SAME_CONTENT));
    }

    @Test
    void feedbackOnAnUnknownCaseChangesNothing() {
        assertThat(cabinet.say(said(FeedbackKind.ACKNOWLEDGE, Cabinet.NOW))).isEqualTo(new Skip(Reason.UNKNOWN_CASE));
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"UNKNOWN", "SUSPICIOUS", "INSUFFICIENT_DATA"},
            mode = EnumSource.Mode.EXCLUDE)
    void aVerdictCloses(Verdict verdict) {
        cabinet.detect(Stories.executed());

        Alert closed = sent(cabinet.say(verdict(verdict, Cabinet.NOW)));

        assertThat(closed.getLifecycle()).isEqualTo(Lifecycle.CLOSE);
        assertThat(closed.getState()).isEqualTo(CaseState.RESOLVED);
        assertThat(closed.getHandling().getVerdict()).isEqualTo(verdict);
        assertThat(cabinet.say(verdict(verdict, Cabinet.NOW))).isEqualTo(new Skip(Reason.SAME_CONTENT));
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"SUSPICIOUS", "INSUFFICIENT_DATA"})
    void anOpenVerdictKeepsTheCaseOpenAndCountsAsAcknowledged(Verdict verdict) {
        cabinet.detect(Stories.executed());

        Alert open = sent(cabinet.say(verdict(verdict, Cabinet.NOW)));

        assertThat(open.getLifecycle()).isEqualTo(Lifecycle.UPDATE);
        assertThat(open.getHandling().getAcknowledgedAt()).isNotNull();
    }

    @Test
    void theHandlingIsNoPartOfTheContent() {
        Alert created = sent(cabinet.detect(Stories.executed()));

        Alert closed = sent(cabinet.say(verdict(Verdict.TRUE_POSITIVE, Cabinet.NOW)));

        assertThat(closed.getContentHash()).isEqualTo(created.getContentHash());
    }

    @Test
    void caseIdsAndResultsOfActionsAreKeptOnce() {
        cabinet.detect(Stories.executed());
        Feedback named = Feedback.newBuilder(said(FeedbackKind.CASE, Cabinet.NOW))
                .setCaseId("INC-7")
                .build();
        Feedback done = Feedback.newBuilder(said(FeedbackKind.ACTION_RESULT, Cabinet.NOW))
                .setActionId("a1")
                .setStatus(200)
                .build();
        cabinet.say(named);
        Alert last = sent(cabinet.say(done));

        assertThat(last.getHandling().getExternalCases())
                .singleElement()
                .satisfies(external -> assertThat(external.getCaseId()).isEqualTo("INC-7"));
        assertThat(last.getHandling().getActionResults()).hasSize(1);
        assertThat(cabinet.say(named)).isEqualTo(new Skip(Reason.SAME_CONTENT));
        assertThat(cabinet.say(done)).isEqualTo(new Skip(Reason.SAME_CONTENT));
    }

    @Test
    void repeatedFalsePositivesProposeAScopedEntryThatExpires() {
        cabinet.detect(Stories.downloaded());
        Alert first = sent(cabinet.say(verdict(Verdict.FALSE_POSITIVE, Cabinet.NOW)));
        cabinet.detect(Detection.newBuilder(Stories.executed()).setRevision(2).build());
        Instant later = Cabinet.NOW.plus(Duration.ofDays(2));

        Alert second = sent(cabinet.say(Feedback.newBuilder(verdict(Verdict.FALSE_POSITIVE, later))
                .setAlertId(ReopenedIds.after(ID))
                .build()));

        assertThat(first.getHandling().getAllowProposal()).isNull();
        assertThat(second.getHandling().getAllowProposal()).satisfies(proposal -> {
            assertThat(proposal.getPattern()).isEqualTo(Stories.SITE);
            assertThat(proposal.getScope()).isEqualTo("DOMAIN_SCORE");
            assertThat(proposal.getExpires()).isEqualTo(later.plus(Duration.ofDays(30)));
        });
    }

    @Test
    void falsePositivesOnSharedHostingProposeNothing() {
        DomainRisk shared = Stories.sharedTenant();
        cabinet.detect(Stories.withDomain(Stories.downloaded(), shared));
        cabinet.say(verdict(Verdict.FALSE_POSITIVE, Cabinet.NOW));
        cabinet.detect(Detection.newBuilder(Stories.withDomain(Stories.executed(), shared))
                .setRevision(2)
                .build());

        Alert second =
                sent(cabinet.say(Feedback.newBuilder(verdict(Verdict.FALSE_POSITIVE, Cabinet.NOW.plusSeconds(60)))
                        .setAlertId(ReopenedIds.after(ID))
                        .build()));

        assertThat(second.getHandling().getAllowProposal()).isNull();
    }

    private static Feedback said(FeedbackKind kind, Instant at) {
        return Feedback.newBuilder()
                .setAlertId(ID)
                .setKind(kind)
                .setDestination("xsoar")
                .setActor("bob")
                .setAt(at)
                .build();
    }

    private static Feedback verdict(Verdict verdict, Instant at) {
        return Feedback.newBuilder(said(FeedbackKind.VERDICT, at))
                .setVerdict(verdict)
                .build();
    }
}
