package io.clicktrail.correlator.chain;

import io.clicktrail.detection.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * What one evaluation found under one tenant key: members, their ties and the times; filled, then merged into a case.
 */
final class MatchResult {

    final String tenantKey;
    final List<ChainMember> members = new ArrayList<>();
    final List<ChainLink> ties = new ArrayList<>();
    boolean complete;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long detected = Long.MAX_VALUE;

    MatchResult(String tenantKey) {
        this.tenantKey = tenantKey;
    }

    ChainMember join(Stage stage, ChainEvent item) {
        var member = new ChainMember(stage, item.id(), item.time());
        members.add(member);
        first = Math.min(first, item.time());
        last = Math.max(last, item.time());
        return member;
    }

    void tie(ChainMember from, ChainMember to, int grades) {
        ties.add(new ChainLink(from, to, LinkGradeSet.best(grades)));
    }

    void detectedAt(long time) {
        detected = Math.min(detected, time);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }
}
