package io.clicktrail.alerter.lifecycle;

import static io.clicktrail.alerter.lifecycle.InMemoryCases.all;
import static io.clicktrail.alerter.lifecycle.InMemoryCases.sent;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Reason;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Skip;
import io.clicktrail.detection.Decision;
import io.clicktrail.detection.DecisionPart;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.FeedbackKind;
import io.clicktrail.feedback.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CaseLifecycleTest {

    private static final String FIRST = Stories.executed().getDetectionId();
    private static final String SECOND = "5f0c2a57-61ce-5e0b-b7f4-5f3d3f9c7a01";

    private final InMemoryCases cases = new InMemoryCases();

    @Test
    void theFirstSightCreatesTheCase() {
        Alert created = sent(cases.detect(Stories.downloaded()));

        assertThat(created.getLifecycle()).isEqualTo(Lifecycle.CREATE);
        assertThat(created.getAlertId()).isEqualTo(FIRST);
        assertThat(created.getHandling().getDueAt()).isEqualTo(InMemoryCases.NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void theSameContentSendsNothing() {
        cases.detect(Stories.downloaded());

        assertThat(cases.detect(revised(Stories.downloaded(), 2))).isEqualTo(new Skip(Reason.SAME_CONTENT));
    }

    @Test
    void aNewStageIsAnUpdateThatSaysWhatChangedAndSetsTheClockOfItsTier() {
        cases.detect(Stories.downloaded());

        Alert update = sent(cases.detect(revised(Stories.executed(), 2)));

        assertThat(update.getLifecycle()).isEqualTo(Lifecycle.UPDATE);
        assertThat(update.getIdempotencyKey()).isEqualTo(FIRST + ":2");
        assertThat(update.getChangeReason()).isEqualTo(ChangeReason.SEVERITY_UP);
        assertThat(update.getChangeNote()).contains("severity medium to high", "tier 1 to 2", "stage execution seen");
        assertThat(update.getHandling().getDueAt()).isEqualTo(InMemoryCases.NOW.plus(Duration.ofMinutes(15)));
    }

    @Test
    void intelIsTheWeightiestReason() {
        cases.detect(Stories.downloaded());

        Alert update = sent(cases.detect(revised(Stories.withDomain(Stories.executed(), knownBad()), 2)));

        assertThat(update.getChangeReason()).isEqualTo(ChangeReason.INTEL_HIT);
        assertThat(update.getEscalation().getTier()).isEqualTo(3);
    }

    @Test
    void anOlderRevisionThatComesAgainSendsNothing() {
        cases.detect(revised(Stories.executed(), 2));

        assertThat(cases.detect(Stories.downloaded())).isEqualTo(new Skip(Reason.OLDER_REVISION));
    }

    @Test
    void aCorrelatorThatCountsAnewIsHeardWhenItKnowsMore() {
        cases.detect(revised(Stories.downloaded(), 7));

        assertThat(sent(cases.detect(Stories.executed())).getStagesMatched()).hasSize(4);
    }

    @Test
    void aRetractionClosesOnceAndOnlyWhatWasOpen() {
        assertThat(cases.detect(closed(Stories.downloaded(), 1))).isEqualTo(new Skip(Reason.NOTHING_TO_CLOSE));
        cases.detect(Stories.downloaded());

        Alert closed = sent(cases.detect(closed(Stories.downloaded(), 2)));

        assertThat(closed.getLifecycle()).isEqualTo(Lifecycle.CLOSE);
        assertThat(closed.getState()).isEqualTo(CaseState.RESOLVED);
        assertThat(closed.getChangeReason()).isEqualTo(ChangeReason.RETRACTED);
        assertThat(closed.getHandling().getDueAt()).isNull();
        assertThat(cases.detect(closed(Stories.downloaded(), 3))).isEqualTo(new Skip(Reason.NOTHING_TO_CLOSE));
    }

    @Test
    void aSecondChainToTheSiteIsFoldedIntoTheOpenCaseAndKeptOnTheRecord() {
        cases.detect(Stories.downloaded());

        List<Alert> sent = all(cases.detect(second(Stories.downloaded(), Duration.ofMinutes(30))));

        assertThat(sent.getFirst().getState()).isEqualTo(CaseState.SUPPRESSED);
        assertThat(sent.getFirst().getDuplicateOf()).isEqualTo(FIRST);
        assertThat(sent.getLast().getAlertId()).isEqualTo(FIRST);
        assertThat(sent.getLast().getSuppressedCount()).isEqualTo(1);
        assertThat(sent.getLast().getFolded()).containsExactly(SECOND);
    }

    @Test
    void chainsToOtherPlacesWithTheSameClickAndFileAreOneCaseWithSeveralPlaces() {
        cases.detect(Stories.downloaded());

        for (int number = 0; number < 400; number++) {
            Alert folded =
                    all(cases.detect(elsewhere(Stories.downloaded(), number))).getFirst();
            assertThat(folded.getState()).isEqualTo(CaseState.SUPPRESSED);
            assertThat(folded.getDuplicateOf()).isEqualTo(FIRST);
        }

        Alert one = requireNonNull(cases.last(FIRST));
        assertThat(one.getSuppressedCount()).isEqualTo(400);
        assertThat(one.getOtherPlaces()).hasSize(20).startsWith("other0.top", "other1.top");
        assertThat(one.getChangeNote()).endsWith("leads to other399[.]top too");
    }

    @Test
    void ofSeveralLinksBeforeOneRiskySignInTheFirstIsTheCaseAndShowsTheOthers() {
        cases.detect(signedIn(Stories.contacted()));

        Detection newsletter = elsewhere(second(Stories.contacted(), Duration.ofMinutes(20)), 1);
        List<Alert> sent = all(cases.detect(signedIn(newsletter)));

        assertThat(sent.getFirst().getState()).isEqualTo(CaseState.SUPPRESSED);
        assertThat(sent.getFirst().getDuplicateOf()).isEqualTo(FIRST);
        assertThat(sent.getLast().getOtherPlaces()).containsExactly("other1.top");
        assertThat(sent.getLast().getChangeNote())
                .isEqualTo("the same risky sign-in follows a link to other1[.]top too");
    }

    @Test
    void linksBeforeAnotherSignInAreACaseOfTheirOwn() {
        cases.detect(signedIn(Stories.contacted()));

        assertThat(sent(cases.detect(signedIn(elsewhere(second(Stories.contacted(), Duration.ofHours(3)), 1))))
                        .getState())
                .isEqualTo(CaseState.NEW);
        assertThat(sent(cases.detect(elsewhere(second(Stories.contacted(), Duration.ofMinutes(20)), 2)))
                        .getState())
                .isEqualTo(CaseState.NEW);
    }

    @Test
    void aWorseChainWithTheSameClickRevisesTheCase() {
        cases.detect(Stories.downloaded());

        List<Alert> sent = all(cases.detect(elsewhere(Stories.executed(), 1)));

        assertThat(sent.getFirst().getState()).isEqualTo(CaseState.SUPPRESSED);
        Alert shown = sent.getLast();
        assertThat(shown.getAlertId()).isEqualTo(FIRST);
        assertThat(shown.getRevision()).isEqualTo(2);
        assertThat(shown.getTenantKey()).isEqualTo("other1.top");
        assertThat(shown.getOtherPlaces()).containsExactly(Stories.downloaded().getTenantKey());
        assertThat(shown.getEscalation().getTier()).isEqualTo(2);
    }

    @Test
    void aFoldedChainToAnotherPlaceThatGetsWorseRevisesItsCase() {
        String key = sent(cases.detect(Stories.downloaded())).getDedupKey();
        cases.detect(elsewhere(Stories.downloaded(), 1));

        List<Alert> sent = all(cases.detect(revised(elsewhere(Stories.executed(), 1), 2)));

        assertThat(sent.getFirst().getState()).isEqualTo(CaseState.SUPPRESSED);
        Alert shown = sent.getLast();
        assertThat(shown.getAlertId()).isEqualTo(FIRST);
        assertThat(shown.getChangeReason()).isEqualTo(ChangeReason.SEVERITY_UP);
        assertThat(shown.getOtherPlaces()).containsExactly(Stories.downloaded().getTenantKey());
        assertThat(shown.getWorseChain()).isEqualTo(sent.getFirst().getAlertId());
        assertThat(shown.getDedupKey()).isEqualTo(key);
    }

    @Test
    void aCaseThatShowsAFoldedChainGoesOnWithItUntilItsOwnIsAsBad() {
        cases.detect(Stories.downloaded());
        cases.detect(elsewhere(Stories.executed(), 1));

        Detection more = Detection.newBuilder(revised(Stories.downloaded(), 2))
                .setContentHash("more")
                .build();
        assertThat(cases.detect(more)).isEqualTo(new Skip(Reason.FOLDED_IS_WORSE));

        Alert own = sent(cases.detect(revised(Stories.executed(), 3)));
        assertThat(own.getTenantKey()).isEqualTo(Stories.downloaded().getTenantKey());
        assertThat(own.getWorseChain()).isNull();
    }

    @Test
    void aChainAfterTheSharedCaseWasClosedIsACaseOfItsOwn() {
        cases.detect(Stories.downloaded());
        cases.detect(closed(Stories.downloaded(), 2));

        assertThat(sent(cases.detect(elsewhere(Stories.downloaded(), 1))).getState())
                .isEqualTo(CaseState.NEW);
    }

    @Test
    void aSecondChainBeyondTheWindowIsACaseOfItsOwn() {
        cases.detect(Stories.downloaded());

        assertThat(all(cases.detect(second(Stories.downloaded(), Duration.ofHours(5)))))
                .singleElement()
                .extracting(Alert::getState)
                .isEqualTo(CaseState.NEW);
    }

    @Test
    void aWorseChainIsNotFolded() {
        cases.detect(Stories.downloaded());

        assertThat(sent(cases.detect(second(Stories.executed(), Duration.ofMinutes(30))))
                        .getState())
                .isEqualTo(CaseState.NEW);
    }

    @Test
    void aFoldedChainToTheSameSiteThatGetsWorseRevisesItsCase() {
        cases.detect(Stories.downloaded());
        cases.detect(second(Stories.downloaded(), Duration.ofMinutes(30)));

        List<Alert> sent = all(cases.detect(revised(second(Stories.executed(), Duration.ofMinutes(30)), 2)));

        assertThat(sent.getFirst().getState()).isEqualTo(CaseState.SUPPRESSED);
        Alert shown = sent.getLast();
        assertThat(shown.getAlertId()).isEqualTo(FIRST);
        assertThat(shown.getOtherPlaces()).isEmpty();
        assertThat(shown.getChangeNote()).contains("stage execution seen");
        assertThat(shown.getHandling().getDueAt()).isEqualTo(InMemoryCases.NOW.plus(Duration.ofMinutes(15)));
    }

    @Test
    void aFoldedChainThatGetsWorseAfterItsCaseWasClosedIsACaseOfItsOwn() {
        cases.detect(Stories.downloaded());
        cases.detect(second(Stories.downloaded(), Duration.ofMinutes(30)));
        cases.detect(closed(Stories.downloaded(), 2));

        Alert own = sent(cases.detect(revised(second(Stories.executed(), Duration.ofMinutes(30)), 2)));

        assertThat(own.getState()).isEqualTo(CaseState.NEW);
        assertThat(own.getDuplicateOf()).isNull();
        assertThat(own.getRelatedAlerts()).contains(FIRST);
        assertThat(own.getHandling().getDueAt()).isNotNull();
    }

    @Test
    void anEarlierChainThatComesLateTakesTheYoungerCaseIn() {
        cases.detect(second(Stories.downloaded(), Duration.ofMinutes(30)));

        List<Alert> sent = all(cases.detect(Stories.downloaded()));

        assertThat(sent.getFirst().getFolded()).containsExactly(SECOND);
        assertThat(sent.getLast().getLifecycle()).isEqualTo(Lifecycle.CLOSE);
        assertThat(sent.getLast().getChangeReason()).isEqualTo(ChangeReason.DUPLICATE_MERGED);
        assertThat(sent.getLast().getDuplicateOf()).isEqualTo(FIRST);
    }

    @Test
    void chainsThatBecameOneLeaveOneCase() {
        cases.detect(Stories.downloaded());
        Detection later = second(Stories.downloaded(), Duration.ofHours(5));
        cases.detect(later);
        Detection both = Detection.newBuilder(Stories.downloaded())
                .setRevision(2)
                .setEvidence(concat(Stories.downloaded().getEvidence(), later.getEvidence()))
                .setEvidenceTotal(10)
                .build();
        cases.detect(both);

        Alert merged = sent(cases.detect(closed(later, 2)));

        assertThat(merged.getChangeReason()).isEqualTo(ChangeReason.DUPLICATE_MERGED);
        assertThat(merged.getDuplicateOf()).isEqualTo(FIRST);
    }

    @Test
    void aClosedCaseIsCarriedOnByANewOneThatNamesIt() {
        cases.detect(Stories.downloaded());
        cases.say(verdict());

        List<Alert> sent = all(cases.detect(revised(Stories.executed(), 2)));

        assertThat(sent.getFirst().getAlertId()).isEqualTo(FIRST);
        assertThat(sent.getFirst().getLifecycle()).isEqualTo(Lifecycle.CLOSE);
        Alert next = sent.getLast();
        assertThat(next.getLifecycle()).isEqualTo(Lifecycle.CREATE);
        assertThat(next.getAlertId()).isEqualTo(FollowUpIds.next(FIRST));
        assertThat(next.getRelatedAlerts()).contains(FIRST);
        assertThat(sent.getFirst().getHandling().getReopenedAs()).isEqualTo(next.getAlertId());
        assertThat(cases.detect(revised(Stories.executed(), 3))).isEqualTo(new Skip(Reason.SAME_CONTENT));
    }

    @Test
    void aClosedCaseIsNotCarriedOnForATrifle() {
        cases.detect(Stories.downloaded());
        cases.say(verdict());
        Detection richer = Detection.newBuilder(Stories.downloaded())
                .setRevision(2)
                .setEvidenceTotal(9)
                .build();

        assertThat(all(cases.detect(richer)))
                .singleElement()
                .extracting(Alert::getLifecycle)
                .isEqualTo(Lifecycle.CLOSE);
    }

    @Test
    void aCaseThatNobodyAcknowledgesClimbsToTheLastTierAndIsArchivedInTheEnd() {
        cases.detect(Stories.downloaded());

        Alert second = sent(cases.due(FIRST, InMemoryCases.NOW.plus(Duration.ofHours(1))));
        Instant next = second.getHandling().getDueAt();
        Alert third = sent(cases.due(FIRST, next));

        assertThat(second.getEscalation().getTier()).isEqualTo(2);
        assertThat(second.getChangeReason()).isEqualTo(ChangeReason.ESCALATED);
        assertThat(next).isEqualTo(InMemoryCases.NOW.plus(Duration.ofMinutes(75)));
        assertThat(third.getEscalation().getTier()).isEqualTo(3);
        assertThat(third.getHandling().getDueAt()).isEqualTo(next.plus(Duration.ofDays(14)));
        Alert archived = sent(cases.due(FIRST, next.plus(Duration.ofDays(14))));
        assertThat(archived.getState()).isEqualTo(CaseState.ARCHIVED);
        assertThat(archived.getLifecycle()).isEqualTo(Lifecycle.CLOSE);
    }

    @Test
    void aHighCaseIsNeverClosedByTimeAlone() {
        cases.detect(Stories.executed());
        Alert last = sent(cases.due(FIRST, InMemoryCases.NOW.plus(Duration.ofMinutes(15))));

        assertThat(last.getEscalation().getTier()).isEqualTo(3);
        assertThat(last.getHandling().getDueAt()).isNull();
        assertThat(cases.due(FIRST, InMemoryCases.NOW.plus(Duration.ofDays(100))))
                .isEqualTo(new Skip(Reason.NOT_DUE));
    }

    @Test
    void aRaisedTierOutlivesNewEvidence() {
        cases.detect(Stories.contacted());
        cases.due(FIRST, InMemoryCases.NOW.plus(Duration.ofHours(4)));

        assertThat(sent(cases.detect(revised(Stories.downloaded(), 2)))
                        .getEscalation()
                        .getTier())
                .isEqualTo(2);
    }

    private static Feedback verdict() {
        return Feedback.newBuilder()
                .setAlertId(FIRST)
                .setKind(FeedbackKind.VERDICT)
                .setVerdict(Verdict.BENIGN)
                .setDestination("xsoar")
                .setAt(InMemoryCases.NOW)
                .build();
    }

    static DomainRisk knownBad() {
        return DomainRisk.newBuilder(Stories.lookAlike())
                .setScore(100)
                .setBand(RiskBand.KNOWN_BAD)
                .build();
    }

    /** The same story later, with events of its own. */
    /** The same click, file and execution under another place. */
    private static Detection elsewhere(Detection story, int number) {
        return Detection.newBuilder(story)
                .setDetectionId(new UUID(7, number).toString())
                .setTenantKey("other" + number + ".top")
                .build();
    }

    private static Detection signedIn(Detection story) {
        return Detection.newBuilder(story)
                .setDecision(new Decision(
                        82, 60, List.of(new DecisionPart("high_risk_sign_in", 40, "a sign-in followed")), "2026-11-30"))
                .build();
    }

    private static Detection second(Detection story, Duration later) {
        List<StageEvidence> evidence = story.getEvidence().stream()
                .map(item -> {
                    Event event = item.getEvidence().getEvent();
                    return new StageEvidence(
                            item.getStage(),
                            Evidence.newBuilder(item.getEvidence())
                                    .setEvent(Event.newBuilder(event)
                                            .setEventId("second" + event.getEventId())
                                            .setTime(event.getTime().plus(later))
                                            .build())
                                    .build());
                })
                .toList();
        return Detection.newBuilder(Stories.withEvidence(story, evidence))
                .setDetectionId(SECOND)
                .setFirstEventTime(story.getFirstEventTime().plus(later))
                .setLastEventTime(story.getLastEventTime().plus(later))
                .setDetectedTime(story.getDetectedTime().plus(later))
                .build();
    }

    private static List<StageEvidence> concat(List<StageEvidence> some, List<StageEvidence> others) {
        return java.util.stream.Stream.concat(some.stream(), others.stream()).toList();
    }

    private static Detection revised(Detection detection, int revision) {
        return Detection.newBuilder(detection)
                .setRevision(revision)
                .setChange(DetectionChange.REVISED)
                .build();
    }

    private static Detection closed(Detection detection, int revision) {
        return Detection.newBuilder(detection)
                .setRevision(revision)
                .setChange(DetectionChange.CLOSED)
                .build();
    }
}
