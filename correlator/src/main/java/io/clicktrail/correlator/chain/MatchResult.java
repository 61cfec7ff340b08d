package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.decision.ChainVerdict;
import io.clicktrail.detection.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * What one evaluation found under one tenant key: members, their links and the times; filled, then merged into a chain.
 */
final class MatchResult {

    final String tenantKey;
    final List<ChainMember> members = new ArrayList<>();
    final List<ChainLink> links = new ArrayList<>();

    /** Whether it is emitted at once: a click with the write of a file, or with code that ran. */
    boolean complete;

    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long detected = Long.MAX_VALUE;

    /** Stream time at which the last member was there, milliseconds since 1970. */
    long arrived;

    ChainVerdict verdict = ChainVerdict.NONE;

    /** What it is worth that a file of the chain ran after the follow-on time; 0 if none did. */
    int latePoints;

    MatchResult(String tenantKey) {
        this.tenantKey = tenantKey;
    }

    ChainMember join(Stage stage, ChainEvent event) {
        var member = new ChainMember(stage, event.id(), event.time());
        members.add(member);
        first = Math.min(first, event.time());
        last = Math.max(last, event.time());
        arrived = Math.max(arrived, event.arrived());
        return member;
    }

    /** @param elsewhere whether it begins at a click of another place */
    void link(ChainMember from, ChainMember to, int grades, boolean elsewhere) {
        links.add(new ChainLink(from, to, LinkGradeSet.best(grades), elsewhere));
    }

    /** Takes in what a path is worth, and when the last of its events happened. */
    void admit(ChainVerdict path, long time) {
        verdict = verdict.or(path);
        detected = Math.min(detected, time);
    }

    /** If the event is a member, the match counts from this stream time on at the earliest, milliseconds since 1970. */
    void settle(EventId id, long at) {
        if (at > arrived && members.stream().anyMatch(member -> member.id().equals(id))) {
            arrived = at;
        }
    }

    boolean isEmpty() {
        return members.isEmpty();
    }
}
