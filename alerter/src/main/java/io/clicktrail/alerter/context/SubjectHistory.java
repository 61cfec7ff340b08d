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
 * Writes notes on the page of a subject.
 *
 * <p>What a page says depends on the notes and not on their order, as far as it is a choice of the smallest or largest:
 * the earliest hosts and users, the latest facts of a kind. A note that comes twice changes nothing.
 */
public final class SubjectHistory {

    /** Hosts, and users, of a page at most. */
    public static final int MAX_SEEN = 32;

    /** Facts of one kind at most. */
    public static final int MAX_FACTS = 16;

    /** Chains that ask at most; later ones are told once. */
    static final int MAX_WATCHERS = 64;

    private static final Comparator<Seen> EARLIEST =
            Comparator.comparing(Seen::getFirst).thenComparing(Seen::getKey);
    private static final Comparator<Fact> TIMELINE =
            Comparator.comparing(Fact::getTime).thenComparing(Fact::getId);

    /** A page on which nothing stands. */
    public static final Subject EMPTY = Subject.newBuilder().build();

    private SubjectHistory() {}

    /** The page with a note on it; the same object where nothing changed. */
    public static Subject with(Subject page, SubjectNote note) {
        Subject next = page;
        if (note.getFact() != null) {
            next = note.getWithdrawn() ? without(page, note.getFact()) : with(page, note.getFact());
        }
        Watcher watcher = note.getWatcher();
        if (watcher == null || asks(next, watcher) || next.getWatchers().size() >= MAX_WATCHERS) {
            return next;
        }
        var watchers = new ArrayList<>(next.getWatchers());
        watchers.add(watcher);
        return Subject.newBuilder(next).setWatchers(watchers).build();
    }

    /** True where a chain asks already. */
    public static boolean asks(Subject page, Watcher watcher) {
        return page.getWatchers().stream()
                .anyMatch(other -> other.getDetectionId().equals(watcher.getDetectionId()));
    }

    /**
     * True where a note on a page that it changed is news to a chain. Of other chains on its host or user only earlier
     * ones are; of those with its site or file only as many as a page holds, so that a campaign of thousands does not
     * revise each case thousands of times.
     */
    public static boolean concerns(String subject, Subject before, Fact fact, Watcher watcher) {
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

    /** True where a page has something to say to a chain that begins to ask; that a host has no history is said too. */
    public static boolean answers(String subject, Subject page, Watcher watcher) {
        return subject.startsWith("host:")
                || !page.getHosts().isEmpty()
                || page.getFacts().stream().anyMatch(fact -> !fact.getId().equals(watcher.getDetectionId()));
    }

    /** What a page says to those who ask. */
    public static Subject told(Subject page) {
        return Subject.newBuilder(page).setWatchers(List.of()).setExpires(0).build();
    }

    private static Subject with(Subject page, Fact fact) {
        List<Seen> hosts = page.getHosts();
        List<Seen> users = page.getUsers();
        boolean moreHosts = page.getMoreHosts();
        boolean moreUsers = page.getMoreUsers();
        if (fact.getKind() == FactKind.CONTACT) {
            hosts = seen(hosts, fact.getHost(), fact.getTime());
            moreHosts |= hosts.size() > MAX_SEEN;
            users = seen(users, fact.getUser(), fact.getTime());
            moreUsers |= users.size() > MAX_SEEN;
        }
        List<Fact> facts = fact.getKind() == FactKind.CONTACT ? page.getFacts() : kept(page.getFacts(), fact);
        if (hosts == page.getHosts() && users == page.getUsers() && facts == page.getFacts()) {
            return page;
        }
        Subject next = Subject.newBuilder(page)
                .setHosts(hosts.subList(0, Math.min(MAX_SEEN, hosts.size())))
                .setMoreHosts(moreHosts)
                .setUsers(users.subList(0, Math.min(MAX_SEEN, users.size())))
                .setMoreUsers(moreUsers)
                .setFacts(facts)
                .build();
        return next.equals(page) ? page : next;
    }

    private static Subject without(Subject page, Fact fact) {
        List<Fact> facts =
                page.getFacts().stream().filter(other -> !same(other, fact)).toList();
        return facts.size() == page.getFacts().size()
                ? page
                : Subject.newBuilder(page).setFacts(facts).build();
    }

    /** One more than may be kept where the list is full. */
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
