package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Observable;
import io.clicktrail.alert.ObservableType;
import io.clicktrail.state.CaseGroup;
import io.clicktrail.state.GroupMember;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which cases of one host, analytic and tenant key stand for themselves, and which are one with another. */
final class CaseGroups {

    private static final int MAX_MEMBERS = 16;
    private static final int MAX_FALSE_POSITIVES = 16;
    private static final Comparator<GroupMember> EARLIEST =
            Comparator.comparing(GroupMember::getFirst).thenComparing(GroupMember::getAlertId);

    private CaseGroups() {}

    static GroupMember member(Alert alert) {
        return GroupMember.newBuilder()
                .setAlertId(alert.getAlertId())
                .setFirst(alert.getFirstEventTime())
                .setLast(alert.getLastEventTime())
                .setSeverity(alert.getSeverity().ordinal())
                .setHashes(hashes(alert))
                .setOpen(!CaseRevisions.closed(alert))
                .build();
    }

    /** The group with a case in it, as it is now. */
    static CaseGroup with(CaseGroup group, GroupMember member) {
        var members = new ArrayList<GroupMember>();
        group.getMembers().stream()
                .filter(other -> !other.getAlertId().equals(member.getAlertId()))
                .forEach(members::add);
        members.add(member);
        members.sort(EARLIEST);
        while (members.size() > MAX_MEMBERS) {
            members.removeFirst();
        }
        return CaseGroup.newBuilder(group).setMembers(members).build();
    }

    static boolean has(CaseGroup group, String alertId) {
        return group.getMembers().stream()
                .anyMatch(member -> member.getAlertId().equals(alertId));
    }

    /** The earlier open case that a case is one with: begun within the window behind it, no worse, with no new file. */
    static @Nullable GroupMember host(CaseGroup group, GroupMember guest, Duration window) {
        return find(group, guest, host -> host.getOpen() && covers(host, guest, window));
    }

    /** Later open cases that are one with a case that came to light only now. */
    static List<GroupMember> guests(CaseGroup group, GroupMember host, Duration window) {
        return group.getMembers().stream()
                .filter(guest -> guest.getOpen() && !guest.getAlertId().equals(host.getAlertId()))
                .filter(guest -> covers(host, guest, window))
                .toList();
    }

    /** Closed cases within the window, which a new case carries on. */
    static List<String> past(CaseGroup group, GroupMember member, Duration window) {
        return group.getMembers().stream()
                .filter(other -> !other.getOpen() && !other.getAlertId().equals(member.getAlertId()))
                .filter(other -> !member.getFirst().isBefore(other.getFirst())
                        && !member.getFirst().isAfter(other.getLast().plus(window)))
                .map(GroupMember::getAlertId)
                .toList();
    }

    /** The group with one more false positive. */
    static CaseGroup falsePositive(CaseGroup group, Instant at) {
        var times = new ArrayList<>(group.getFalsePositives());
        if (!times.contains(at)) {
            times.add(at);
            times.sort(Comparator.naturalOrder());
        }
        while (times.size() > MAX_FALSE_POSITIVES) {
            times.removeFirst();
        }
        return CaseGroup.newBuilder(group).setFalsePositives(times).build();
    }

    private static boolean covers(GroupMember host, GroupMember guest, Duration window) {
        return EARLIEST.compare(host, guest) < 0
                && !guest.getFirst().isAfter(host.getLast().plus(window))
                && guest.getSeverity() <= host.getSeverity()
                && new HashSet<>(host.getHashes()).containsAll(guest.getHashes());
    }

    private static @Nullable GroupMember find(CaseGroup group, GroupMember guest, Predicate<GroupMember> wanted) {
        return group.getMembers().stream()
                .filter(other -> !other.getAlertId().equals(guest.getAlertId()))
                .filter(wanted)
                .findFirst()
                .orElse(null);
    }

    private static List<String> hashes(Alert alert) {
        return alert.getObservables().stream()
                .filter(observable -> observable.getType() == ObservableType.HASH && observable.getIoc())
                .map(Observable::getValue)
                .sorted()
                .limit(MAX_MEMBERS)
                .toList();
    }
}
