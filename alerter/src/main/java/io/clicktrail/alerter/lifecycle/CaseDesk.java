package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.alerter.lifecycle.Decision.Reason;
import io.clicktrail.alerter.lifecycle.Decision.Send;
import io.clicktrail.alerter.lifecycle.Decision.Skip;
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
public record CaseDesk(Duration window, Duration keep) {

    /** Times that the tier of a case rises because nobody acknowledged it. */
    static final int MAX_ESCALATIONS = 3;

    private static final int LAST_TIER = 3;
    private static final int MAX_FOLDED = 20;

    /**
     * The decision on a detection.
     *
     * @param now wall clock, for the time by which someone must acknowledge
     */
    public Decision detected(Detection detection, Draft draft, CaseRecords records, Instant now) {
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
            return Handlings.closed(last) ? new Skip(Reason.NOTHING_TO_CLOSE) : retracted(last, next, records);
        }
        if (next.getContentHash().equals(last.getContentHash())) {
            return new Skip(Reason.SAME_CONTENT);
        }
        if (Handlings.closed(last)) {
            return closedRevised(detection.getDetectionId(), last, next, draft, records, now);
        }
        return last.getState() == CaseState.SUPPRESSED
                ? suppressedRevised(last, next, records, now)
                : revised(last, next, records, now);
    }

    /** The decision on what a deadline finds. */
    public Decision due(@Nullable Alert last, CaseRecords records, Instant now) {
        if (last == null || Handlings.closed(last)) {
            return new Skip(Reason.NOT_DUE);
        }
        Handling handling = Handlings.of(last);
        if (handling.getDueAt() == null || handling.getDueAt().isAfter(now) || Handlings.acknowledged(last)) {
            return new Skip(Reason.NOT_DUE);
        }
        return exhausted(handling) ? archived(last, handling, records) : Send.one(escalated(last, handling, now));
    }

    /** The case that a detection's id leads to: itself, or the one that carries on after it was closed. */
    static @Nullable Alert current(String alertId, CaseRecords records) {
        Alert found = records.last(alertId);
        for (String id : ReopenedIds.line(alertId)) {
            Alert following =
                    found == null || !id.equals(Handlings.of(found).getReopenedAs()) ? null : records.last(id);
            found = following == null ? found : following;
        }
        return found;
    }

    private Decision opened(Alert draft, CaseRecords records, List<String> related, Instant now) {
        CaseGroup group = records.group(draft.getDedupKey());
        GroupMember member = Groups.member(draft);
        GroupMember host = Groups.host(group, member, window);
        Alert standing = host == null ? null : records.last(host.getAlertId());
        if (standing != null && !Handlings.closed(standing)) {
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
                .setHandling(Handlings.due(Handlings.of(draft), draft.getEscalation(), now))
                .setRelatedAlerts(Handlings.together(
                        Handlings.together(related, Groups.past(group, member, window)), draft.getRelatedAlerts()))
                .build();
        CaseGroup next = Groups.with(group, member);
        var guests = new ArrayList<String>();
        for (GroupMember guest : Groups.guests(group, member, window)) {
            Alert younger = records.last(guest.getAlertId());
            if (younger != null && !Handlings.closed(younger)) {
                Alert merged = merged(younger, created.getAlertId());
                next = Groups.with(next, Groups.member(merged));
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
        var difference = Difference.between(last, next);
        Alert update = Handlings.carry(last, next, Lifecycle.UPDATE, difference.reason(), difference.note())
                .build();
        boolean raised =
                update.getEscalation().getTier() > last.getEscalation().getTier() && !Handlings.acknowledged(last);
        Alert sent = raised
                ? CaseCopy.of(update)
                        .setHandling(Handlings.due(Handlings.of(update), update.getEscalation(), now))
                        .build()
                : update;
        return new Send(List.of(sent), Groups.with(records.group(sent.getDedupKey()), Groups.member(sent)));
    }

    /** A chain that was folded into an earlier case stays there, unless it became worse or brought a new file. */
    private Send suppressedRevised(Alert last, Alert next, CaseRecords records, Instant now) {
        var difference = Difference.between(last, next);
        CaseGroup group = records.group(next.getDedupKey());
        GroupMember member = Groups.member(next);
        CaseCopy update = Handlings.carry(last, next, Lifecycle.UPDATE, difference.reason(), difference.note());
        if (Groups.host(group, member, window) != null) {
            return Send.one(update.build());
        }
        Alert own = update.setState(CaseState.NEW)
                .setDuplicateOf(null)
                .setRelatedAlerts(Handlings.together(
                        next.getRelatedAlerts(),
                        last.getDuplicateOf() == null ? List.of() : List.of(last.getDuplicateOf())))
                .build();
        return new Send(
                List.of(CaseCopy.of(own)
                        .setHandling(Handlings.due(Handlings.of(own), own.getEscalation(), now))
                        .build()),
                Groups.with(group, member));
    }

    /** What is closed stays closed and is kept true; what weighs enough carries on as a new case. */
    private Decision closedRevised(
            String detectionId, Alert last, Alert next, Draft draft, CaseRecords records, Instant now) {
        var difference = Difference.between(last, next);
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
            return Send.one(Handlings.carry(last, next, Lifecycle.CLOSE, difference.reason(), difference.note())
                    .build());
        }
        String id = ReopenedIds.after(last.getAlertId());
        Alert pointer = Handlings.revise(
                        last,
                        Lifecycle.CLOSE,
                        difference.reason(),
                        "carried on by case " + id + ": " + difference.note())
                .setHandling(Handling.newBuilder(Handlings.of(last))
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
                return new Send(List.of(merged), Groups.with(group, Groups.member(merged)));
            }
        }
        Alert closed = Handlings.carry(
                        last, next, Lifecycle.CLOSE, ChangeReason.RETRACTED, "the events no longer make a chain")
                .setState(CaseState.RESOLVED)
                .setHandling(
                        Handling.newBuilder(Handlings.of(last)).setDueAt(null).build())
                .build();
        return new Send(
                List.of(closed),
                Groups.has(group, closed.getAlertId()) ? Groups.with(group, Groups.member(closed)) : null);
    }

    private static Alert merged(Alert younger, String into) {
        return CaseCopy.of(Handlings.closing(
                        younger,
                        Handlings.of(younger),
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
        return Handlings.revise(
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
        var escalation = Handlings.raised(last.getEscalation(), tier);
        Handling raised = Handling.newBuilder(handling)
                .setEscalations(handling.getEscalations() + 1)
                .setRaisedTier(tier)
                .build();
        Instant next = !exhausted(raised)
                ? now.plusSeconds(escalation.getAckSeconds())
                : archivable(last) ? now.plus(keep) : null;
        return Handlings.revise(
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
    private Decision archived(Alert last, Handling handling, CaseRecords records) {
        if (!archivable(last)) {
            return new Skip(Reason.NOT_DUE);
        }
        Alert closed = Handlings.closing(
                last,
                handling,
                CaseState.ARCHIVED,
                ChangeReason.EXPIRED,
                "nobody acknowledged it in " + keep.toDays() + " days");
        return new Send(List.of(closed), Groups.with(records.group(closed.getDedupKey()), Groups.member(closed)));
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
