package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.ActionResult;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AllowProposal;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.ExternalCase;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Reason;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Send;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Skip;
import io.clicktrail.alerter.response.BlockingSafeguards;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.Verdict;
import io.clicktrail.state.CaseGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies feedback to a case: an acknowledgement stops the escalation, a verdict closes the case, and all of it is
 * recorded. Repeated feedback changes nothing.
 *
 * @param falsePositives verdicts in 30 days after which an allow-list entry is proposed
 * @param verdictActors how many people must give the same verdict before it closes a critical case, 1 or 2
 */
public record FeedbackHandling(int falsePositives, int verdictActors) {

    private static final int MAX_CASES = 8;
    private static final int MAX_RESULTS = 32;
    private static final Duration COUNTED = Duration.ofDays(30);
    private static final Duration PROPOSED = Duration.ofDays(30);

    /** The decision on feedback. */
    public LifecycleDecision apply(Feedback feedback, CaseLookup cases) {
        Alert last = cases.last(feedback.getAlertId());
        if (last == null) {
            return new Skip(Reason.UNKNOWN_CASE);
        }
        Handling handling = CaseRevisions.of(last);
        return switch (feedback.getKind()) {
            case UNKNOWN, REMOVED -> new Skip(Reason.SAME_CONTENT);
            case ACKNOWLEDGE ->
                CaseRevisions.acknowledged(last) || CaseRevisions.closed(last)
                        ? new Skip(Reason.SAME_CONTENT)
                        : update(last, acknowledged(handling, feedback), "acknowledged by " + who(feedback));
            case CASE -> named(last, handling, feedback);
            case ACTION_RESULT -> done(last, handling, feedback);
            case VERDICT -> judged(last, handling, feedback, cases);
        };
    }

    private LifecycleDecision judged(Alert last, Handling handling, Feedback feedback, CaseLookup cases) {
        if (CaseRevisions.closed(last)) {
            return new Skip(Reason.SAME_CONTENT);
        }
        if (needsSecondActor(last, handling, feedback)) {
            return proposed(last, handling, feedback);
        }
        Handling judged = Handling.newBuilder(acknowledged(handling, feedback))
                .setProposedVerdict(Verdict.UNKNOWN)
                .setProposedBy(null)
                .setVerdict(feedback.getVerdict())
                .setNote(feedback.getNote())
                .build();
        String note = "verdict " + word(feedback.getVerdict()) + " by " + who(feedback);
        return switch (feedback.getVerdict()) {
            case UNKNOWN, SUSPICIOUS, INSUFFICIENT_DATA ->
                judged.equals(handling) ? new Skip(Reason.SAME_CONTENT) : update(last, judged, note);
            case FALSE_POSITIVE -> {
                CaseGroup group = CaseGroups.falsePositive(cases.group(last.getDedupKey()), feedback.getAt());
                Handling proposing = Handling.newBuilder(judged)
                        .setAllowProposal(proposal(last, group, feedback.getAt()))
                        .build();
                yield closed(last, proposing, note, group);
            }
            case TRUE_POSITIVE, DISREGARD, BENIGN, TEST, SECURITY_RISK, MANAGED_EXTERNALLY, DUPLICATE ->
                closed(last, judged, note, cases.group(last.getDedupKey()));
        };
    }

    private boolean needsSecondActor(Alert last, Handling handling, Feedback feedback) {
        boolean isConfirmed = handling.getProposedVerdict() == feedback.getVerdict()
                && !Objects.equals(handling.getProposedBy(), actor(feedback));
        return verdictActors > 1 && last.getSeverity() == Severity.CRITICAL && closes(feedback) && !isConfirmed;
    }

    private static boolean closes(Feedback feedback) {
        return switch (feedback.getVerdict()) {
            case UNKNOWN, SUSPICIOUS, INSUFFICIENT_DATA -> false;
            case FALSE_POSITIVE, TRUE_POSITIVE, DISREGARD, BENIGN, TEST, SECURITY_RISK, MANAGED_EXTERNALLY, DUPLICATE ->
                true;
        };
    }

    private static LifecycleDecision proposed(Alert last, Handling handling, Feedback feedback) {
        Handling next = Handling.newBuilder(acknowledged(handling, feedback))
                .setProposedVerdict(feedback.getVerdict())
                .setProposedBy(actor(feedback))
                .build();
        return next.equals(handling)
                ? new Skip(Reason.SAME_CONTENT)
                : update(
                        last,
                        next,
                        "verdict " + word(feedback.getVerdict()) + " by " + who(feedback)
                                + ", to be confirmed by another");
    }

    private static String actor(Feedback feedback) {
        return feedback.getDestination() + "/" + who(feedback);
    }

    private static Send closed(Alert last, Handling handling, String note, CaseGroup group) {
        Alert closed = CaseRevisions.closing(last, handling, CaseState.RESOLVED, ChangeReason.FEEDBACK, note);
        return new Send(List.of(closed), CaseGroups.with(group, CaseGroups.member(closed)));
    }

    private static LifecycleDecision named(Alert last, Handling handling, Feedback feedback) {
        String caseId = feedback.getCaseId();
        if (caseId == null) {
            return new Skip(Reason.SAME_CONTENT);
        }
        var external = new ExternalCase(feedback.getDestination(), caseId);
        if (handling.getExternalCases().contains(external)
                || handling.getExternalCases().size() >= MAX_CASES) {
            return new Skip(Reason.SAME_CONTENT);
        }
        var cases = new ArrayList<>(handling.getExternalCases());
        cases.add(external);
        return update(
                last,
                Handling.newBuilder(handling).setExternalCases(cases).build(),
                "case " + caseId + " in " + feedback.getDestination());
    }

    private static LifecycleDecision done(Alert last, Handling handling, Feedback feedback) {
        String action = feedback.getActionId();
        Integer status = feedback.getStatus();
        if (action == null || status == null) {
            return new Skip(Reason.SAME_CONTENT);
        }
        var result = new ActionResult(action, status, feedback.getAt(), feedback.getActor(), feedback.getNote());
        if (handling.getActionResults().contains(result)
                || handling.getActionResults().size() >= MAX_RESULTS) {
            return new Skip(Reason.SAME_CONTENT);
        }
        var results = new ArrayList<>(handling.getActionResults());
        results.add(result);
        return update(
                last,
                Handling.newBuilder(handling).setActionResults(results).build(),
                "action " + action + " ended with " + status);
    }

    /** A closed case stays closed. */
    private static Send update(Alert last, Handling handling, String note) {
        boolean closed = CaseRevisions.closed(last);
        var update = CaseRevisions.revise(
                        last, closed ? Lifecycle.CLOSE : Lifecycle.UPDATE, ChangeReason.FEEDBACK, note)
                .setHandling(handling);
        return Send.one(
                closed || handling.getAcknowledgedAt() == null
                        ? update.build()
                        : update.setState(CaseState.IN_PROGRESS).build());
    }

    private static Handling acknowledged(Handling handling, Feedback feedback) {
        return handling.getAcknowledgedAt() != null
                ? handling
                : Handling.newBuilder(handling)
                        .setAcknowledgedAt(feedback.getAt())
                        .setAcknowledgedBy(who(feedback))
                        .setDueAt(null)
                        .build();
    }

    /**
     * An entry for the host name only, for a month; none where others share the name or it is known to be malicious.
     */
    private @Nullable AllowProposal proposal(Alert last, CaseGroup group, Instant at) {
        Instant from = at.minus(COUNTED);
        long counted = group.getFalsePositives().stream()
                .filter(time -> time.isAfter(from))
                .count();
        DomainRisk domain = last.getDomain();
        if (counted < falsePositives
                || domain == null
                || Chain.knownBad(domain)
                || BlockingSafeguards.againstDomain(domain) != null) {
            return null;
        }
        return new AllowProposal(
                domain.getHost(),
                "DOMAIN_SCORE",
                counted + (counted == 1 ? " case" : " cases") + " of "
                        + last.getDevice().getHostname() + " with this site were false positives within 30 days",
                at.plus(PROPOSED));
    }

    private static String who(Feedback feedback) {
        return feedback.getActor() == null ? feedback.getDestination() : feedback.getActor();
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
