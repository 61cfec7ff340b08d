package io.clicktrail.correlator.chain;

import io.clicktrail.detection.Stage;
import java.util.ArrayList;
import java.util.List;

/** What one evaluation found under one tenant key: members, their ties and the times; filled, then merged into a case. */
final class Finding {

    final String tenantKey;
    final List<Member> members = new ArrayList<>();
    final List<Tie> ties = new ArrayList<>();
    boolean complete;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long detected = Long.MAX_VALUE;

    Finding(String tenantKey) {
        this.tenantKey = tenantKey;
    }

    Member join(Stage stage, Item item) {
        var member = new Member(stage, item.id(), item.time());
        members.add(member);
        first = Math.min(first, item.time());
        last = Math.max(last, item.time());
        return member;
    }

    void tie(Member from, Member to, int grades) {
        ties.add(new Tie(from, to, Grades.best(grades)));
    }

    void detectedAt(long time) {
        detected = Math.min(detected, time);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }
}
