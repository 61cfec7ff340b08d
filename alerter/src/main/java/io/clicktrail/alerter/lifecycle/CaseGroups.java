package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Observable;
import io.clicktrail.alert.ObservableType;
import io.clicktrail.detection.Stage;
import io.clicktrail.state.CaseGroup;
import io.clicktrail.state.GroupMember;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Deduplication of the cases of one host, analytic and tenant key: which are primary, and which duplicates. */
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
                .setClicks(events(alert, EnumSet.of(Stage.CLICK)))
                .setFiles(events(alert, EnumSet.of(Stage.WRITE, Stage.EXECUTION)))
                .build();
    }

    /**
     * The open case of the host that has the same write or execution, or the same click and no file less. Which of two
     * is the earlier one does not matter: with the same click they begin together.
     */
    static @Nullable GroupMember sharing(CaseGroup hostGroup, GroupMember member) {
        return find(
                hostGroup,
                member,
                other -> other.getOpen()
                        && (shares(other.getFiles(), member.getFiles())
                                || shares(other.getClicks(), member.getClicks())
                                        && new HashSet<>(other.getHashes()).containsAll(member.getHashes())));
    }

    private static boolean shares(List<String> some, List<String> others) {
        return others.stream().anyMatch(some::contains);
    }

    private static List<String> events(Alert alert, Set<Stage> stages) {
        return alert.getEvidence().stream()
                .filter(item -> stages.contains(item.getStage()))
                .map(item -> item.getEvidence().getEvent().getEventId())
                .sorted()
                .limit(MAX_MEMBERS)
                .toList();
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

    /**
     * The earlier open case that a case duplicates: the case begins within the window after it, is no worse and has no
     * new file.
     */
    static @Nullable GroupMember primary(CaseGroup group, GroupMember member, Duration window) {
        return find(group, member, primary -> primary.getOpen() && covers(primary, member, window));
    }

    /** Later open cases that duplicate a case which arrived after them. */
    static List<GroupMember> duplicates(CaseGroup group, GroupMember primary, Duration window) {
        return group.getMembers().stream()
                .filter(later -> later.getOpen() && !later.getAlertId().equals(primary.getAlertId()))
                .filter(later -> covers(primary, later, window))
                .toList();
    }

    /** Closed cases within the window, which a new case follows up. */
    static List<String> closedBefore(CaseGroup group, GroupMember member, Duration window) {
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

    private static boolean covers(GroupMember primary, GroupMember later, Duration window) {
        return EARLIEST.compare(primary, later) < 0
                && !later.getFirst().isAfter(primary.getLast().plus(window))
                && later.getSeverity() <= primary.getSeverity()
                && new HashSet<>(primary.getHashes()).containsAll(later.getHashes());
    }

    private static @Nullable GroupMember find(CaseGroup group, GroupMember member, Predicate<GroupMember> wanted) {
        return group.getMembers().stream()
                .filter(other -> !other.getAlertId().equals(member.getAlertId()))
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
