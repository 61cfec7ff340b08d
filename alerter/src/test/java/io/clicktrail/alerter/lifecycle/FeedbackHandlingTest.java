package io.clicktrail.alerter.lifecycle;

import static io.clicktrail.alerter.lifecycle.InMemoryCases.sent;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Severity;
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

    private final InMemoryCases cases = new InMemoryCases();

    @Test
    void anAcknowledgementStopsTheClockOnce() {
        cases.detect(Stories.executed());

        Alert known = sent(cases.say(said(FeedbackKind.ACKNOWLEDGE, InMemoryCases.NOW)));

        assertThat(known.getState()).isEqualTo(CaseState.IN_PROGRESS);
        assertThat(known.getHandling().getAcknowledgedBy()).isEqualTo("bob");
        assertThat(cases.due(ID, InMemoryCases.NOW.plus(Duration.ofDays(1)))).isEqualTo(new Skip(Reason.NOT_DUE));
        assertThat(cases.say(said(FeedbackKind.ACKNOWLEDGE, InMemoryCases.NOW)))
                .isEqualTo(new Skip(Reason.SAME_CONTENT));
    }

    @Test
    void feedbackOnAnUnknownCaseChangesNothing() {
        assertThat(cases.say(said(FeedbackKind.ACKNOWLEDGE, InMemoryCases.NOW)))
                .isEqualTo(new Skip(Reason.UNKNOWN_CASE));
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"UNKNOWN", "SUSPICIOUS", "INSUFFICIENT_DATA"},
            mode = EnumSource.Mode.EXCLUDE)
    void aVerdictCloses(Verdict verdict) {
        cases.detect(Stories.executed());

        Alert closed = sent(cases.say(verdict(verdict, InMemoryCases.NOW)));

        assertThat(closed.getLifecycle()).isEqualTo(Lifecycle.CLOSE);
        assertThat(closed.getState()).isEqualTo(CaseState.RESOLVED);
        assertThat(closed.getHandling().getVerdict()).isEqualTo(verdict);
        assertThat(cases.say(verdict(verdict, InMemoryCases.NOW))).isEqualTo(new Skip(Reason.SAME_CONTENT));
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"SUSPICIOUS", "INSUFFICIENT_DATA"})
    void anOpenVerdictKeepsTheCaseOpenAndCountsAsAcknowledged(Verdict verdict) {
        cases.detect(Stories.executed());

        Alert open = sent(cases.say(verdict(verdict, InMemoryCases.NOW)));

        assertThat(open.getLifecycle()).isEqualTo(Lifecycle.UPDATE);
        assertThat(open.getHandling().getAcknowledgedAt()).isNotNull();
    }

    @Test
    void aVerdictOnACriticalCaseCanNeedTwoPeople() {
        var strict = new InMemoryCases(2);
        strict.detect(Stories.withDomain(Stories.executed(), CaseLifecycleTest.knownBad()));
        assertThat(requireNonNull(strict.last(ID)).getSeverity()).isEqualTo(Severity.CRITICAL);

        Alert proposed = sent(strict.say(verdict(Verdict.FALSE_POSITIVE, InMemoryCases.NOW)));
        assertThat(proposed.getLifecycle()).isEqualTo(Lifecycle.UPDATE);
        assertThat(proposed.getChangeNote()).isEqualTo("verdict false positive by bob, to be confirmed by another");
        assertThat(strict.say(verdict(Verdict.FALSE_POSITIVE, InMemoryCases.NOW)))
                .as("the same person again")
                .isEqualTo(new Skip(Reason.SAME_CONTENT));

        Alert closed = sent(strict.say(Feedback.newBuilder(verdict(Verdict.FALSE_POSITIVE, InMemoryCases.NOW))
                .setActor("eve")
                .build()));
        assertThat(closed.getLifecycle()).isEqualTo(Lifecycle.CLOSE);
        assertThat(closed.getHandling().getProposedBy()).isNull();
    }

    @Test
    void aSecondPersonWithAnotherVerdictConfirmsNothing() {
        var strict = new InMemoryCases(2);
        strict.detect(Stories.withDomain(Stories.executed(), CaseLifecycleTest.knownBad()));
        strict.say(verdict(Verdict.FALSE_POSITIVE, InMemoryCases.NOW));

        Alert other = sent(strict.say(Feedback.newBuilder(verdict(Verdict.BENIGN, InMemoryCases.NOW))
                .setActor("eve")
                .build()));

        assertThat(other.getLifecycle()).isEqualTo(Lifecycle.UPDATE);
        assertThat(other.getHandling().getProposedVerdict()).isEqualTo(Verdict.BENIGN);
    }

    @Test
    void theHandlingIsNoPartOfTheContent() {
        Alert created = sent(cases.detect(Stories.executed()));

        Alert closed = sent(cases.say(verdict(Verdict.TRUE_POSITIVE, InMemoryCases.NOW)));

        assertThat(closed.getContentHash()).isEqualTo(created.getContentHash());
    }

    @Test
    void caseIdsAndResultsOfActionsAreKeptOnce() {
        cases.detect(Stories.executed());
        Feedback named = Feedback.newBuilder(said(FeedbackKind.CASE, InMemoryCases.NOW))
                .setCaseId("INC-7")
                .build();
        Feedback done = Feedback.newBuilder(said(FeedbackKind.ACTION_RESULT, InMemoryCases.NOW))
                .setActionId("a1")
                .setStatus(200)
                .build();
        cases.say(named);
        Alert last = sent(cases.say(done));

        assertThat(last.getHandling().getExternalCases())
                .singleElement()
                .satisfies(external -> assertThat(external.getCaseId()).isEqualTo("INC-7"));
        assertThat(last.getHandling().getActionResults()).hasSize(1);
        assertThat(cases.say(named)).isEqualTo(new Skip(Reason.SAME_CONTENT));
        assertThat(cases.say(done)).isEqualTo(new Skip(Reason.SAME_CONTENT));
    }

    @Test
    void repeatedFalsePositivesProposeAScopedEntryThatExpires() {
        cases.detect(Stories.downloaded());
        Alert first = sent(cases.say(verdict(Verdict.FALSE_POSITIVE, InMemoryCases.NOW)));
        cases.detect(Detection.newBuilder(Stories.executed()).setRevision(2).build());
        Instant later = InMemoryCases.NOW.plus(Duration.ofDays(2));

        Alert second = sent(cases.say(Feedback.newBuilder(verdict(Verdict.FALSE_POSITIVE, later))
                .setAlertId(FollowUpIds.next(ID))
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
        cases.detect(Stories.withDomain(Stories.downloaded(), shared));
        cases.say(verdict(Verdict.FALSE_POSITIVE, InMemoryCases.NOW));
        cases.detect(Detection.newBuilder(Stories.withDomain(Stories.executed(), shared))
                .setRevision(2)
                .build());

        Alert second =
                sent(cases.say(Feedback.newBuilder(verdict(Verdict.FALSE_POSITIVE, InMemoryCases.NOW.plusSeconds(60)))
                        .setAlertId(FollowUpIds.next(ID))
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
