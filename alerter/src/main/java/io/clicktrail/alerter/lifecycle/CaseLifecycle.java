package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.alerter.chain.LostCredentials;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Reason;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Send;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Skip;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.Stage;
import io.clicktrail.state.CaseGroup;
import io.clicktrail.state.GroupMember;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a case goes on: create, update, fold into another, escalate, close.
 *
 * <pre>
 *   none ──CREATE──► new ──acknowledge──► in progress ──verdict──► closed ──new stage──► a new, related case
 *     │               │
 *     │               └──no acknowledgement──► next tier ──(medium and below)──► archived
 *     └──CREATE──► suppressed (duplicate of an earlier case) ──worse──► its case shows it; ──a new file──► new
 * </pre>
 *
 * <p>A case has the id of its detection and keeps it. A closed case is not reopened, as SOARs handle that badly: a
 * follow-up case refers to it. Every detection has a record of its own, also where it is folded into another case, so
 * nothing that is suppressed is lost. Each decision is a function of its arguments and costs one lookup per member of
 * the group, at most 16.
 *
 * @param window event time after a case in which chains of its group are folded into it
 * @param keep how long a case of at most medium severity waits for an acknowledgement before it is archived
 */
public record CaseLifecycle(Duration window, Duration keep) {

    private static final int MAX_FOLDED = 20;

    /**
     * The decision on a detection.
     *
     * @param now wall clock, from which the deadline of the acknowledgement counts
     */
    public LifecycleDecision detected(Detection detection, CaseDraft draft, CaseLookup cases, Instant now) {
        Alert last = current(detection.getDetectionId(), cases);
        boolean retracted = detection.getChange() == DetectionChange.CLOSED;
        if (last == null) {
            return retracted
                    ? new Skip(Reason.NOTHING_TO_CLOSE)
                    : opened(draft, detection.getDetectionId(), cases, List.of(), now);
        }
        Alert next = draft.withId(last.getAlertId());
        if (next.getDetectionRevision() < last.getDetectionRevision()
                && next.getEvidenceTotal() <= last.getEvidenceTotal()) {
            return new Skip(Reason.OLDER_REVISION);
        }
        if (retracted) {
            return CaseRevisions.closed(last)
                    ? new Skip(Reason.NOTHING_TO_CLOSE)
                    : retracted(detection, last, next, cases);
        }
        if (next.getContentHash().equals(last.getContentHash())) {
            return new Skip(Reason.SAME_CONTENT);
        }
        if (CaseRevisions.closed(last)) {
            return closedRevised(detection.getDetectionId(), last, next, draft, cases, now);
        }
        if (last.getState() == CaseState.SUPPRESSED) {
            return suppressedRevised(last, next, draft, cases, now);
        }
        return showsWorse(last, next, cases) ? new Skip(Reason.FOLDED_IS_WORSE) : revised(last, next, cases, now);
    }

    /** The decision when a deadline passes. */
    public LifecycleDecision due(@Nullable Alert last, CaseLookup cases, Instant now) {
        return new AcknowledgementDeadline(keep).passed(last, cases, now);
    }

    /** The current case of a detection: its first one, or the latest follow-up. */
    static @Nullable Alert current(String alertId, CaseLookup cases) {
        Alert found = cases.last(alertId);
        for (String id : FollowUpIds.all(alertId)) {
            Alert following =
                    found == null || !id.equals(CaseRevisions.of(found).getReopenedAs()) ? null : cases.last(id);
            found = following == null ? found : following;
        }
        return found;
    }

    private LifecycleDecision opened(CaseDraft made, String id, CaseLookup cases, List<String> related, Instant now) {
        Alert draft = made.withId(id);
        CaseGroup group = cases.group(draft.getDedupKey());
        GroupMember member = CaseGroups.member(draft);
        Alert sameSite = open(CaseGroups.primary(group, member, window), cases);
        if (sameSite != null) {
            return folded(sameSite, draft, "same host and site within " + window.toMinutes() + " min");
        }
        Alert sharing = open(CaseGroups.sharing(cases.group(HostCases.key(draft)), member), cases);
        if (sharing != null) {
            Send folded = folded(sharing, draft, "same host, and the same click, file or execution");
            return isWorse(draft, sharing) ? shown(folded, draft.getAlertId(), made, cases, now) : folded;
        }
        Alert sameSignIn = sharingSignIn(draft, cases);
        if (sameSignIn != null) {
            return folded(sameSignIn, draft, "same host, and the same risky sign-in");
        }
        var sent = new ArrayList<Alert>();
        Alert created = CaseCopy.of(draft)
                .setHandling(CaseRevisions.due(CaseRevisions.of(draft), draft.getEscalation(), now))
                .setRelatedAlerts(CaseRevisions.union(
                        CaseRevisions.union(related, CaseGroups.closedBefore(group, member, window)),
                        draft.getRelatedAlerts()))
                .build();
        CaseGroup next = CaseGroups.with(group, member);
        var duplicates = new ArrayList<String>();
        for (GroupMember duplicate : CaseGroups.duplicates(group, member, window)) {
            Alert later = cases.last(duplicate.getAlertId());
            if (later != null && !CaseRevisions.closed(later)) {
                Alert merged = merged(later, created.getAlertId());
                next = CaseGroups.with(next, CaseGroups.member(merged));
                duplicates.add(later.getAlertId());
                sent.add(merged);
            }
        }
        sent.addFirst(CaseCopy.of(created)
                .setFolded(duplicates)
                .setSuppressedCount(duplicates.size())
                .build());
        return new Send(sent, next);
    }

    private Send revised(Alert last, Alert next, CaseLookup cases, Instant now) {
        var difference = CaseDifference.between(last, next);
        Alert update = CaseRevisions.carry(last, next, Lifecycle.UPDATE, difference.reason(), difference.note())
                .build();
        Alert sent = timed(last, update, now);
        return new Send(List.of(sent), CaseGroups.with(cases.group(sent.getDedupKey()), CaseGroups.member(sent)));
    }

    /** The update, with the deadline of its tier where that was raised and nobody has acknowledged the case. */
    private static Alert timed(Alert last, Alert update, Instant now) {
        boolean raised =
                update.getEscalation().getTier() > last.getEscalation().getTier() && !CaseRevisions.acknowledged(last);
        return raised
                ? CaseCopy.of(update)
                        .setHandling(CaseRevisions.due(CaseRevisions.of(update), update.getEscalation(), now))
                        .build()
                : update;
    }

    private static boolean isWorse(Alert chain, Alert than) {
        return chain.getSeverity().compareTo(than.getSeverity()) > 0;
    }

    /** Whether a case goes on to show a folded chain, because its own is still less severe. */
    private static boolean showsWorse(Alert last, Alert next, CaseLookup cases) {
        Alert worse = last.getWorseChain() == null ? null : cases.last(last.getWorseChain());
        return worse != null && !CaseRevisions.closed(worse) && isWorse(last, next);
    }

    /**
     * What is sent of a folded chain and its case, where the case shows the chain from now on: the chain's own record,
     * and the case with the content of the chain.
     */
    private static Send shown(Send folded, String chainId, CaseDraft draft, CaseLookup cases, Instant now) {
        Alert before = folded.alerts().getLast();
        Alert next = draft.withId(before.getAlertId());
        var difference = CaseDifference.between(before, next);
        List<String> places = before.getTenantKey().equals(next.getTenantKey())
                ? before.getOtherPlaces()
                : with(before.getOtherPlaces(), before.getTenantKey());
        Alert update = CaseRevisions.carry(before, next, Lifecycle.UPDATE, difference.reason(), difference.note())
                .setRevision(before.getRevision())
                .setOtherPlaces(places.stream()
                        .filter(place -> !place.equals(next.getTenantKey()))
                        .toList())
                .setWorseChain(chainId, before)
                .build();
        Alert sent = timed(before, update, now);
        return new Send(
                List.of(folded.alerts().getFirst(), sent),
                CaseGroups.with(cases.group(sent.getDedupKey()), CaseGroups.member(sent)));
    }

    /**
     * A chain that was folded into an earlier case stays there. Where it is worse now, the case shows it; where it has
     * a new file and is no worse, or the case is closed, it is a case of its own.
     */
    private Send suppressedRevised(Alert last, Alert next, CaseDraft draft, CaseLookup cases, Instant now) {
        var difference = CaseDifference.between(last, next);
        CaseGroup group = cases.group(next.getDedupKey());
        GroupMember member = CaseGroups.member(next);
        CaseCopy update = CaseRevisions.carry(last, next, Lifecycle.UPDATE, difference.reason(), difference.note());
        Alert into = last.getDuplicateOf() == null ? null : cases.last(last.getDuplicateOf());
        if (into != null
                && !CaseRevisions.closed(into)
                && (isWorse(next, into) || last.getAlertId().equals(into.getWorseChain()))) {
            Alert revised =
                    CaseCopy.of(into).setRevision(into.getRevision() + 1).build();
            return shown(new Send(List.of(update.build(), revised), null), last.getAlertId(), draft, cases, now);
        }
        if (CaseGroups.primary(group, member, window) != null
                || open(CaseGroups.sharing(cases.group(HostCases.key(next)), member), cases) != null
                || sharingSignIn(next, cases) != null) {
            return Send.one(update.build());
        }
        Alert own = update.setState(CaseState.NEW)
                .setDuplicateOf(null)
                .setRelatedAlerts(CaseRevisions.union(
                        next.getRelatedAlerts(),
                        last.getDuplicateOf() == null ? List.of() : List.of(last.getDuplicateOf())))
                .build();
        return new Send(
                List.of(CaseCopy.of(own)
                        .setHandling(CaseRevisions.due(CaseRevisions.of(own), own.getEscalation(), now))
                        .build()),
                CaseGroups.with(group, member));
    }

    /** A closed case stays closed and is kept up to date; a serious change makes a follow-up case. */
    private LifecycleDecision closedRevised(
            String detectionId, Alert last, Alert next, CaseDraft draft, CaseLookup cases, Instant now) {
        var difference = CaseDifference.between(last, next);
        boolean serious = switch (difference.reason()) {
            case INTEL_HIT, SEVERITY_UP, ESCALATED, NEW_STAGE -> true;
            case UNKNOWN,
                    FIRST_SEEN,
                    SEVERITY_DOWN,
                    INTEL_RETRACTED,
                    MORE_EVIDENCE,
                    LATE_EVENT,
                    FEEDBACK,
                    EXPIRED,
                    DUPLICATE_MERGED,
                    RETRACTED -> last.getChangeReason() == ChangeReason.RETRACTED;
        };
        if (!serious
                || last.getDuplicateOf() != null
                || FollowUpIds.all(detectionId).getLast().equals(last.getAlertId())) {
            return Send.one(CaseRevisions.carry(last, next, Lifecycle.CLOSE, difference.reason(), difference.note())
                    .build());
        }
        String id = FollowUpIds.next(last.getAlertId());
        Alert pointer = CaseRevisions.revise(
                        last,
                        Lifecycle.CLOSE,
                        difference.reason(),
                        "followed up by case " + id + ": " + difference.note())
                .setHandling(Handling.newBuilder(CaseRevisions.of(last))
                        .setReopenedAs(id)
                        .build())
                .build();
        return switch (opened(draft, id, cases, List.of(last.getAlertId()), now)) {
            case Send send -> {
                var sent = new ArrayList<Alert>();
                sent.add(pointer);
                sent.addAll(send.alerts());
                yield new Send(sent, send.group());
            }
            case Skip skip -> skip;
        };
    }

    /** A retraction closes; where another case of the group has the same events, the two became one chain. */
    private Send retracted(Detection detection, Alert last, Alert next, CaseLookup cases) {
        CaseGroup group = cases.group(last.getDedupKey());
        Set<String> events = events(last);
        for (GroupMember other : group.getMembers()) {
            Alert successor = other.getAlertId().equals(last.getAlertId()) ? null : cases.last(other.getAlertId());
            if (successor != null && events(successor).stream().anyMatch(events::contains)) {
                Alert merged = merged(last, successor.getAlertId());
                return new Send(List.of(merged), CaseGroups.with(group, CaseGroups.member(merged)));
            }
        }
        Alert closed = CaseRevisions.carry(last, next, Lifecycle.CLOSE, ChangeReason.RETRACTED, whyRetracted(detection))
                .setState(CaseState.RESOLVED)
                .setHandling(Handling.newBuilder(CaseRevisions.of(last))
                        .setDueAt(null)
                        .build())
                .build();
        return new Send(
                List.of(closed),
                CaseGroups.has(group, closed.getAlertId()) ? CaseGroups.with(group, CaseGroups.member(closed)) : null);
    }

    private static String whyRetracted(Detection detection) {
        return detection.getMovedTo() == null
                ? "the events no longer form a chain"
                : "the host turned out to be " + Defanger.host(detection.getMovedTo()) + ", whose case has the events";
    }

    /**
     * The open case of another place that the same risky sign-in made one: of several links that were followed in the
     * hour before it, the most suspicious one, which comes first, is the case, and the others are shown in it.
     */
    private static @Nullable Alert sharingSignIn(Alert draft, CaseLookup cases) {
        if (!restsOnSignIn(draft)) {
            return null;
        }
        for (GroupMember member : cases.group(HostCases.key(draft)).getMembers()) {
            Alert other = member.getAlertId().equals(draft.getAlertId()) ? null : open(member, cases);
            if (other != null
                    && restsOnSignIn(other)
                    && draft.getSeverity().compareTo(other.getSeverity()) <= 0
                    && Duration.between(other.getFirstEventTime(), draft.getFirstEventTime())
                                    .abs()
                                    .toMillis()
                            <= draft.getTuning().getFollowOnMs()) {
                return other;
            }
        }
        return null;
    }

    /** Whether a risky sign-in and no file made a case of the chain. */
    private static boolean restsOnSignIn(Alert alert) {
        return LostCredentials.haveSignIn(alert.getDecision())
                && !alert.getStagesMatched().contains(Stage.WRITE);
    }

    private static Alert merged(Alert later, String into) {
        return CaseCopy.of(CaseRevisions.closing(
                        later,
                        CaseRevisions.of(later),
                        CaseState.RESOLVED,
                        ChangeReason.DUPLICATE_MERGED,
                        "duplicate of case " + into))
                .setDuplicateOf(into)
                .build();
    }

    private static @Nullable Alert open(@Nullable GroupMember member, CaseLookup cases) {
        Alert found = member == null ? null : cases.last(member.getAlertId());
        return found == null || CaseRevisions.closed(found) ? null : found;
    }

    private static Send folded(Alert primary, Alert draft, String why) {
        Alert suppressed = CaseCopy.of(draft)
                .setState(CaseState.SUPPRESSED)
                .setDuplicateOf(primary.getAlertId())
                .setChangeNote("duplicate of case " + primary.getAlertId() + ": " + why)
                .build();
        return new Send(List.of(suppressed, folding(primary, draft)), null);
    }

    private static Alert folding(Alert primary, Alert duplicate) {
        boolean isSameSite = primary.getDedupKey().equals(duplicate.getDedupKey());
        String note = isSameSite
                ? "another chain to the same site"
                : (restsOnSignIn(duplicate)
                                ? "the same risky sign-in follows a link to "
                                : "the same click, file or execution leads to ")
                        + Defanger.host(duplicate.getTenantKey()) + " too";
        return CaseRevisions.revise(primary, Lifecycle.UPDATE, ChangeReason.DUPLICATE_MERGED, note)
                .setFolded(with(primary.getFolded(), duplicate.getAlertId()))
                .setOtherPlaces(
                        isSameSite
                                ? primary.getOtherPlaces()
                                : with(primary.getOtherPlaces(), duplicate.getTenantKey()))
                .setSuppressedCount(primary.getSuppressedCount() + 1)
                .build();
    }

    /** The list with one more, where it is new and there is room. */
    private static List<String> with(List<String> known, String more) {
        if (known.contains(more) || known.size() >= MAX_FOLDED) {
            return known;
        }
        var all = new ArrayList<>(known);
        all.add(more);
        return all;
    }

    private static Set<String> events(Alert alert) {
        var events = new HashSet<String>();
        alert.getEvidence()
                .forEach(item -> events.add(item.getEvidence().getEvent().getEventId()));
        return events;
    }
}
