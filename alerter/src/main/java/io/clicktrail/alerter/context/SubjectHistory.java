package io.clicktrail.alerter.context;

import io.clicktrail.state.Fact;
import io.clicktrail.state.FactKind;
import io.clicktrail.state.Seen;
import io.clicktrail.state.Subject;
import io.clicktrail.state.SubjectNote;
import io.clicktrail.state.Watcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one subject (a site, file, host, user or mailbox), and how a note changes it.
 *
 * <p>The history is a bounded summary: the earliest {@value #MAX_SEEN} hosts and users, the latest {@value #MAX_FACTS}
 * facts of each kind, and at most {@value #MAX_WATCHERS} watchers, which are the chains that asked for the subject. As
 * each list is a choice of the smallest or largest, the result does not depend on the order of the notes, and a note
 * that is delivered twice changes nothing. The one exception is a withdrawn fact: an older one that it displaced does
 * not come back. A note costs O({@value #MAX_SEEN}) and copies only the lists that it changes.
 */
public final class SubjectHistory {

    /** Most hosts, and most users, of a subject. */
    public static final int MAX_SEEN = 32;

    /** Most facts of one kind. */
    public static final int MAX_FACTS = 16;

    /** Most chains that are kept as watchers; later ones get what is known once and no updates. */
    static final int MAX_WATCHERS = 64;

    private static final Comparator<Seen> EARLIEST =
            Comparator.comparing(Seen::getFirst).thenComparing(Seen::getKey);
    private static final Comparator<Fact> TIMELINE =
            Comparator.comparing(Fact::getTime).thenComparing(Fact::getId);

    /** A subject of which nothing is known. */
    public static final Subject EMPTY = Subject.newBuilder().build();

    private SubjectHistory() {}

    /** The history with a note added; the same object where nothing changed. */
    public static Subject with(Subject history, SubjectNote note) {
        Subject next = history;
        if (note.getFact() != null) {
            next = note.getWithdrawn() ? without(history, note.getFact()) : with(history, note.getFact());
        }
        Watcher watcher = note.getWatcher();
        if (watcher == null || isWatchedBy(next, watcher) || next.getWatchers().size() >= MAX_WATCHERS) {
            return next;
        }
        var watchers = new ArrayList<>(next.getWatchers());
        watchers.add(watcher);
        return Subject.newBuilder(next).setWatchers(watchers).build();
    }

    /** True where a chain is a watcher already. */
    public static boolean isWatchedBy(Subject history, Watcher watcher) {
        return history.getWatchers().stream()
                .anyMatch(other -> other.getDetectionId().equals(watcher.getDetectionId()));
    }

    /**
     * True where a fact that changed the history is news to a chain. Of other chains on the same host or user only
     * earlier ones are news; of chains with the same site or file only the first {@value #MAX_FACTS} are, so that a
     * campaign of thousands does not revise each case thousands of times.
     */
    public static boolean isNews(String subject, Subject before, Fact fact, Watcher watcher) {
        if (fact.getKind() != FactKind.CHAIN) {
            return true;
        }
        if (fact.getId().equals(watcher.getDetectionId())) {
            return false;
        }
        return subject.startsWith("host:") || subject.startsWith("user:")
                ? fact.getTime().isBefore(watcher.getFirst())
                : before.getFacts().stream()
                                .filter(other -> other.getKind() == FactKind.CHAIN)
                                .count()
                        < MAX_FACTS;
    }

    /** True where a chain that begins to watch gets an answer; "no history" of a host is an answer too. */
    public static boolean hasAnswer(String subject, Subject history, Watcher watcher) {
        return subject.startsWith("host:")
                || !history.getHosts().isEmpty()
                || history.getFacts().stream().anyMatch(fact -> !fact.getId().equals(watcher.getDetectionId()));
    }

    /** The history as watchers get it. */
    public static Subject published(Subject history) {
        return Subject.newBuilder(history).setWatchers(List.of()).setExpires(0).build();
    }

    private static Subject with(Subject history, Fact fact) {
        List<Seen> hosts = history.getHosts();
        List<Seen> users = history.getUsers();
        boolean moreHosts = history.getMoreHosts();
        boolean moreUsers = history.getMoreUsers();
        if (fact.getKind() == FactKind.CONTACT) {
            hosts = seen(hosts, fact.getHost(), fact.getTime());
            moreHosts |= hosts.size() > MAX_SEEN;
            users = seen(users, fact.getUser(), fact.getTime());
            moreUsers |= users.size() > MAX_SEEN;
        }
        List<Fact> facts = fact.getKind() == FactKind.CONTACT ? history.getFacts() : kept(history.getFacts(), fact);
        if (hosts == history.getHosts() && users == history.getUsers() && facts == history.getFacts()) {
            return history;
        }
        Subject next = Subject.newBuilder(history)
                .setHosts(hosts.subList(0, Math.min(MAX_SEEN, hosts.size())))
                .setMoreHosts(moreHosts)
                .setUsers(users.subList(0, Math.min(MAX_SEEN, users.size())))
                .setMoreUsers(moreUsers)
                .setFacts(facts)
                .build();
        return next.equals(history) ? history : next;
    }

    private static Subject without(Subject history, Fact fact) {
        List<Fact> facts =
                history.getFacts().stream().filter(other -> !same(other, fact)).toList();
        return facts.size() == history.getFacts().size()
                ? history
                : Subject.newBuilder(history).setFacts(facts).build();
    }

    /** The list with a key added; one longer than {@link #MAX_SEEN} where it was full. */
    private static List<Seen> seen(List<Seen> all, @Nullable String key, Instant time) {
        if (key == null) {
            return all;
        }
        var next = new ArrayList<Seen>(all.size() + 1);
        for (Seen other : all) {
            if (!other.getKey().equals(key)) {
                next.add(other);
            } else if (!time.isBefore(other.getFirst())) {
                return all;
            }
        }
        next.add(new Seen(key, time));
        next.sort(EARLIEST);
        return next;
    }

    private static List<Fact> kept(List<Fact> all, Fact fact) {
        if (all.contains(fact)) {
            return all;
        }
        var next = new ArrayList<Fact>(all.size() + 1);
        int ofKind = 1;
        Fact oldest = fact;
        for (Fact other : all) {
            if (same(other, fact)) {
                continue;
            }
            next.add(other);
            if (other.getKind() == fact.getKind()) {
                ofKind++;
                oldest = TIMELINE.compare(other, oldest) < 0 ? other : oldest;
            }
        }
        next.add(fact);
        if (ofKind > MAX_FACTS) {
            next.remove(oldest);
        }
        next.sort(TIMELINE);
        return next;
    }

    private static boolean same(Fact one, Fact other) {
        return one.getKind() == other.getKind() && one.getId().equals(other.getId());
    }
}
