package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Reason;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Send;
import io.clicktrail.alerter.lifecycle.LifecycleDecision.Skip;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
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
 * Decides what becomes of cases.
 *
 * <pre>
 *   nothing ──CREATE──► new ──acknowledge──► in progress ──verdict──► closed ──new stage──► a new, related case
 *      │                 │  └─────────no acknowledgement: tier rises, at last archived─────┘
 *      └─CREATE──► suppressed (one with an earlier case of the group) ──worse or new file──► new
 * </pre>
 *
 * <p>A case has the id of its detection and keeps it. A case that was closed is not opened again, which SOARs handle badly:
 * what carries on is a new case that names the closed one. Every detection has a record of its own, also where it is folded
 * into an earlier case: nothing that is suppressed is lost.
 *
 * @param window of event time behind a case in which chains of its group are folded into it
 * @param keep how long a case of at most medium severity waits for an acknowledgement before it is archived
 */
public record CaseLifecycle(Duration window, Duration keep) {

    /** Times that the tier of a case rises because nobody acknowledged it. */
    static final int MAX_ESCALATIONS = 3;

    private static final int LAST_TIER = 3;
    private static final int MAX_FOLDED = 20;

    /**
     * The decision on a detection.
     *
     * @param now wall clock, for the time by which someone must acknowledge
     */
    public LifecycleDecision detected(Detection detection, CaseDraft draft, CaseRecords records, Instant now) {
        Alert last = current(detection.getDetectionId(), records);
        boolean retracted = detection.getChange() == DetectionChange.CLOSED;
        if (last == null) {
            return retracted
                    ? new Skip(Reason.NOTHING_TO_CLOSE)
                    : opened(draft.under(detection.getDetectionId()), records, List.of(), now);
        }
        Alert next = draft.under(last.getAlertId());
        if (next.getDetectionRevision() < last.getDetectionRevision()
                && next.getEvidenceTotal() <= last.getEvidenceTotal()) {
            return new Skip(Reason.OLDER_REVISION);
        }
        if (retracted) {
            return CaseRevisions.closed(last) ? new Skip(Reason.NOTHING_TO_CLOSE) : retracted(last, next, records);
        }
        if (next.getContentHash().equals(last.getContentHash())) {
            return new Skip(Reason.SAME_CONTENT);
        }
        if (CaseRevisions.closed(last)) {
            return closedRevised(detection.getDetectionId(), last, next, draft, records, now);
        }
        return last.getState() == CaseState.SUPPRESSED
                ? suppressedRevised(last, next, records, now)
                : revised(last, next, records, now);
    }

    /** The decision on what a deadline finds. */
    public LifecycleDecision due(@Nullable Alert last, CaseRecords records, Instant now) {
        if (last == null || CaseRevisions.closed(last)) {
            return new Skip(Reason.NOT_DUE);
        }
        Handling handling = CaseRevisions.of(last);
        if (handling.getDueAt() == null || handling.getDueAt().isAfter(now) || CaseRevisions.acknowledged(last)) {
            return new Skip(Reason.NOT_DUE);
        }
        return exhausted(handling) ? archived(last, handling, records) : Send.one(escalated(last, handling, now));
    }

    /** The case that a detection's id leads to: itself, or the one that carries on after it was closed. */
    static @Nullable Alert current(String alertId, CaseRecords records) {
        Alert found = records.last(alertId);
        for (String id : ReopenedIds.line(alertId)) {
            Alert following =
                    found == null || !id.equals(CaseRevisions.of(found).getReopenedAs()) ? null : records.last(id);
            found = following == null ? found : following;
        }
        return found;
    }

    private LifecycleDecision opened(Alert draft, CaseRecords records, List<String> related, Instant now) {
        CaseGroup group = records.group(draft.getDedupKey());
        GroupMember member = CaseGroups.member(draft);
        GroupMember host = CaseGroups.host(group, member, window);
        Alert standing = host == null ? null : records.last(host.getAlertId());
        if (standing != null && !CaseRevisions.closed(standing)) {
            return new Send(
                    List.of(
                            CaseCopy.of(draft)
                                    .setState(CaseState.SUPPRESSED)
                                    .setDuplicateOf(standing.getAlertId())
                                    .setChangeNote("one with case " + standing.getAlertId()
                                            + ": same host and site within " + window.toMinutes() + " min")
                                    .build(),
                            folded(standing, draft.getAlertId())),
                    null);
        }
        var sent = new ArrayList<Alert>();
        Alert created = CaseCopy.of(draft)
                .setHandling(CaseRevisions.due(CaseRevisions.of(draft), draft.getEscalation(), now))
                .setRelatedAlerts(CaseRevisions.together(
                        CaseRevisions.together(related, CaseGroups.past(group, member, window)),
                        draft.getRelatedAlerts()))
                .build();
        CaseGroup next = CaseGroups.with(group, member);
        var guests = new ArrayList<String>();
        for (GroupMember guest : CaseGroups.guests(group, member, window)) {
            Alert younger = records.last(guest.getAlertId());
            if (younger != null && !CaseRevisions.closed(younger)) {
                Alert merged = merged(younger, created.getAlertId());
                next = CaseGroups.with(next, CaseGroups.member(merged));
                guests.add(younger.getAlertId());
                sent.add(merged);
            }
        }
        sent.addFirst(CaseCopy.of(created)
                .setFolded(guests)
                .setSuppressedCount(guests.size())
                .build());
        return new Send(sent, next);
    }

    private Send revised(Alert last, Alert next, CaseRecords records, Instant now) {
        var difference = CaseDifference.between(last, next);
        Alert update = CaseRevisions.carry(last, next, Lifecycle.UPDATE, difference.reason(), difference.note())
                .build();
        boolean raised =
                update.getEscalation().getTier() > last.getEscalation().getTier() && !CaseRevisions.acknowledged(last);
        Alert sent = raised
                ? CaseCopy.of(update)
                        .setHandling(CaseRevisions.due(CaseRevisions.of(update), update.getEscalation(), now))
                        .build()
                : update;
        return new Send(List.of(sent), CaseGroups.with(records.group(sent.getDedupKey()), CaseGroups.member(sent)));
    }

    /** A chain that was folded into an earlier case stays there, unless it became worse or brought a new file. */
    private Send suppressedRevised(Alert last, Alert next, CaseRecords records, Instant now) {
        var difference = CaseDifference.between(last, next);
        CaseGroup group = records.group(next.getDedupKey());
        GroupMember member = CaseGroups.member(next);
        CaseCopy update = CaseRevisions.carry(last, next, Lifecycle.UPDATE, difference.reason(), difference.note());
        if (CaseGroups.host(group, member, window) != null) {
            return Send.one(update.build());
        }
        Alert own = update.setState(CaseState.NEW)
                .setDuplicateOf(null)
                .setRelatedAlerts(CaseRevisions.together(
                        next.getRelatedAlerts(),
                        last.getDuplicateOf() == null ? List.of() : List.of(last.getDuplicateOf())))
                .build();
        return new Send(
                List.of(CaseCopy.of(own)
                        .setHandling(CaseRevisions.due(CaseRevisions.of(own), own.getEscalation(), now))
                        .build()),
                CaseGroups.with(group, member));
    }

    /** What is closed stays closed and is kept true; what weighs enough carries on as a new case. */
    private LifecycleDecision closedRevised(
            String detectionId, Alert last, Alert next, CaseDraft draft, CaseRecords records, Instant now) {
        var difference = CaseDifference.between(last, next);
        boolean weighty = switch (difference.reason()) {
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
        if (!weighty
                || last.getDuplicateOf() != null
                || ReopenedIds.line(detectionId).getLast().equals(last.getAlertId())) {
            return Send.one(CaseRevisions.carry(last, next, Lifecycle.CLOSE, difference.reason(), difference.note())
                    .build());
        }
        String id = ReopenedIds.after(last.getAlertId());
        Alert pointer = CaseRevisions.revise(
                        last,
                        Lifecycle.CLOSE,
                        difference.reason(),
                        "carried on by case " + id + ": " + difference.note())
                .setHandling(Handling.newBuilder(CaseRevisions.of(last))
                        .setReopenedAs(id)
                        .build())
                .build();
        return switch (opened(draft.under(id), records, List.of(last.getAlertId()), now)) {
            case Send send -> {
                var sent = new ArrayList<Alert>();
                sent.add(pointer);
                sent.addAll(send.alerts());
                yield new Send(sent, send.group());
            }
            case Skip skip -> skip;
        };
    }

    /** A retraction closes; where another case of the group holds events of this one, the two became one chain. */
    private Send retracted(Alert last, Alert next, CaseRecords records) {
        CaseGroup group = records.group(last.getDedupKey());
        Set<String> events = events(last);
        for (GroupMember other : group.getMembers()) {
            Alert heir = other.getAlertId().equals(last.getAlertId()) ? null : records.last(other.getAlertId());
            if (heir != null && events(heir).stream().anyMatch(events::contains)) {
                Alert merged = merged(last, heir.getAlertId());
                return new Send(List.of(merged), CaseGroups.with(group, CaseGroups.member(merged)));
            }
        }
        Alert closed = CaseRevisions.carry(
                        last, next, Lifecycle.CLOSE, ChangeReason.RETRACTED, "the events no longer make a chain")
                .setState(CaseState.RESOLVED)
                .setHandling(Handling.newBuilder(CaseRevisions.of(last))
                        .setDueAt(null)
                        .build())
                .build();
        return new Send(
                List.of(closed),
                CaseGroups.has(group, closed.getAlertId()) ? CaseGroups.with(group, CaseGroups.member(closed)) : null);
    }

    private static Alert merged(Alert younger, String into) {
        return CaseCopy.of(CaseRevisions.closing(
                        younger,
                        CaseRevisions.of(younger),
                        CaseState.RESOLVED,
                        ChangeReason.DUPLICATE_MERGED,
                        "one with case " + into))
                .setDuplicateOf(into)
                .build();
    }

    private static Alert folded(Alert standing, String guest) {
        var folded = new ArrayList<>(standing.getFolded());
        if (folded.size() < MAX_FOLDED) {
            folded.add(guest);
        }
        return CaseRevisions.revise(
                        standing, Lifecycle.UPDATE, ChangeReason.DUPLICATE_MERGED, "one more chain to the same site")
                .setFolded(folded)
                .setSuppressedCount(standing.getSuppressedCount() + 1)
                .build();
    }

    private static boolean exhausted(Handling handling) {
        return handling.getRaisedTier() == LAST_TIER || handling.getEscalations() >= MAX_ESCALATIONS;
    }

    private Alert escalated(Alert last, Handling handling, Instant now) {
        int tier = Math.min(LAST_TIER, last.getEscalation().getTier() + 1);
        var escalation = CaseRevisions.raised(last.getEscalation(), tier);
        Handling raised = Handling.newBuilder(handling)
                .setEscalations(handling.getEscalations() + 1)
                .setRaisedTier(tier)
                .build();
        Instant next = !exhausted(raised)
                ? now.plusSeconds(escalation.getAckSeconds())
                : archivable(last) ? now.plus(keep) : null;
        return CaseRevisions.revise(
                        last,
                        Lifecycle.UPDATE,
                        ChangeReason.ESCALATED,
                        "nobody acknowledged it in "
                                + Duration.ofSeconds(last.getEscalation().getAckSeconds())
                                        .toMinutes()
                                + " min; tier " + last.getEscalation().getTier() + " to " + tier)
                .setEscalation(escalation)
                .setHandling(Handling.newBuilder(raised).setDueAt(next).build())
                .build();
    }

    /** Nobody came: the case is archived after its time. */
    private LifecycleDecision archived(Alert last, Handling handling, CaseRecords records) {
        if (!archivable(last)) {
            return new Skip(Reason.NOT_DUE);
        }
        Alert closed = CaseRevisions.closing(
                last,
                handling,
                CaseState.ARCHIVED,
                ChangeReason.EXPIRED,
                "nobody acknowledged it in " + keep.toDays() + " days");
        return new Send(
                List.of(closed), CaseGroups.with(records.group(closed.getDedupKey()), CaseGroups.member(closed)));
    }

    /** What is high or critical is never closed by itself. */
    private static boolean archivable(Alert alert) {
        return alert.getSeverity().compareTo(Severity.MEDIUM) <= 0;
    }

    private static Set<String> events(Alert alert) {
        var events = new HashSet<String>();
        alert.getEvidence()
                .forEach(item -> events.add(item.getEvidence().getEvent().getEventId()));
        return events;
    }
}
