package io.clicktrail.alerter.context;

import io.clicktrail.context.Volume;
import io.clicktrail.state.Day;
import io.clicktrail.state.Fact;
import io.clicktrail.state.FactKind;
import io.clicktrail.state.Seen;
import io.clicktrail.state.Subject;
import io.clicktrail.state.SubjectNote;
import io.clicktrail.state.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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

    /** Most transfers: those that sent most. */
    public static final int MAX_TRANSFERS = 64;

    /** Most pieces of follow-on activity of a host: the latest. */
    public static final int MAX_FOLLOW_ONS = 48;

    /** Most connections of processes of a host, and most logons of an account or from an address: the latest. */
    public static final int MAX_LOGONS = 32;

    /** Most countries, devices and user agents of an account, most recipients of mails with links to a site. */
    static final int MAX_TRAITS = 64;

    /** Most days by dataset. */
    static final int MAX_DAYS = 56;

    /** How long after a chain began its host's transfers and commands are part of its case. */
    public static final Duration AFTER = Duration.ofHours(24);

    /** Most chains that are kept as watchers; later ones get what is known once and no updates. */
    static final int MAX_WATCHERS = 64;

    static final Comparator<Seen> EARLIEST =
            Comparator.comparing(Seen::getFirst).thenComparing(Seen::getKey);
    private static final Comparator<Fact> TIMELINE =
            Comparator.comparing(Fact::getTime).thenComparing(Fact::getId);
    private static final Comparator<Fact> LEAST_SENT =
            Comparator.<Fact>comparingLong(fact -> fact.getVolume().getSent()).thenComparing(TIMELINE);

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
        if (watcher == null || isWatchedBy(next, watcher)) {
            return next;
        }
        boolean isKnown = next.getWatchers().stream()
                .anyMatch(other -> other.getDetectionId().equals(watcher.getDetectionId()));
        if (!isKnown && next.getWatchers().size() >= MAX_WATCHERS) {
            return next;
        }
        var watchers = new ArrayList<>(next.getWatchers());
        watchers.removeIf(other -> other.getDetectionId().equals(watcher.getDetectionId()));
        watchers.add(watcher);
        return Subject.newBuilder(next).setWatchers(watchers).build();
    }

    /** True where a chain is a watcher already, of the same places. */
    public static boolean isWatchedBy(Subject history, Watcher watcher) {
        return history.getWatchers().stream()
                .anyMatch(other -> other.getDetectionId().equals(watcher.getDetectionId())
                        && other.getPlaces().equals(watcher.getPlaces()));
    }

    /**
     * True where a fact that changed the history is news to a chain. Of other chains on the same host or user only
     * earlier ones are news; of chains and mails with the same site or file only the first {@value #MAX_FACTS} are, so
     * that a campaign of thousands does not revise each case thousands of times.
     */
    public static boolean isNews(String subject, Subject before, Fact fact, Watcher watcher) {
        if (fact.getKind() == FactKind.TRANSFER) {
            return !subject.equals(Subjects.SENT_BY_ALL) && isOf(fact, watcher);
        }
        if (fact.getKind() == FactKind.FOLLOW_ON || fact.getKind() == FactKind.CONNECTION) {
            return isAfter(fact.getTime(), watcher);
        }
        if (fact.getKind() == FactKind.LOGON) {
            return !fact.getTime().isAfter(watcher.getFirst().plus(AFTER));
        }
        if (fact.getKind() == FactKind.MAIL) {
            return !subject.startsWith("site:") || isFew(before, FactKind.MAIL);
        }
        if (fact.getKind() != FactKind.CHAIN) {
            return true;
        }
        if (fact.getId().equals(watcher.getDetectionId())) {
            return false;
        }
        return subject.startsWith("host:") || subject.startsWith("user:")
                ? fact.getTime().isBefore(watcher.getFirst())
                : isFew(before, FactKind.CHAIN);
    }

    private static boolean isFew(Subject history, FactKind kind) {
        return history.getFacts().stream()
                        .filter(other -> other.getKind() == kind)
                        .count()
                < MAX_FACTS;
    }

    /** True where a chain that begins to watch gets an answer; "no history" of a host is an answer too. */
    public static boolean hasAnswer(String subject, Subject history, Watcher watcher) {
        return subject.startsWith("host:")
                || !history.getHosts().isEmpty()
                || !history.getTraits().isEmpty()
                || !history.getDays().isEmpty()
                || history.getFacts().stream().anyMatch(fact -> !fact.getId().equals(watcher.getDetectionId()));
    }

    /** How many facts a bound displaced when one was added. */
    public static int displaced(Subject before, Subject after) {
        if (after.getFacts().size() > before.getFacts().size()) {
            return 0;
        }
        var kept = new HashSet<String>();
        after.getFacts().forEach(fact -> kept.add(key(fact)));
        return Math.toIntExact(before.getFacts().stream()
                .filter(fact -> !kept.contains(key(fact)))
                .count());
    }

    private static String key(Fact fact) {
        Volume volume = fact.getVolume();
        return volume == null
                ? fact.getKind() + fact.getId()
                : volume.getHour() + "|" + fact.getSender() + "|" + fact.getTitle();
    }

    /** The history as watchers get it. */
    public static Subject published(Subject history) {
        return Subject.newBuilder(history).setWatchers(List.of()).setExpires(0).build();
    }

    /** True for a transfer after a chain began, to one of its places or to one that nobody here knew before it. */
    private static boolean isOf(Fact transfer, Watcher watcher) {
        Instant firstSeen = transfer.getVolume().getFirstSeen();
        boolean isPlace = watcher.getPlaces().contains(transfer.getTitle())
                || firstSeen != null && !firstSeen.isBefore(watcher.getFirst());
        return isPlace && isAfter(transfer.getTime(), watcher);
    }

    private static boolean isAfter(Instant time, Watcher watcher) {
        return !time.isBefore(watcher.getFirst())
                && !time.isAfter(watcher.getFirst().plus(AFTER));
    }

    private static Subject with(Subject history, Fact fact) {
        if (fact.getKind() == FactKind.TRANSFER) {
            return fact.getVolume() == null ? history : withTransfer(history, fact);
        }
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
        List<Seen> traits = history.getTraits();
        if (fact.getKind() == FactKind.LOGON) {
            hosts = seen(hosts, fact.getHost(), fact.getTime());
            moreHosts |= hosts.size() > MAX_SEEN;
        }
        for (String trait : Traits.of(fact)) {
            List<Seen> more = seen(traits, trait, fact.getTime());
            traits = more.size() > MAX_TRAITS ? more.subList(0, MAX_TRAITS) : more;
        }
        List<Fact> facts = fact.getKind() == FactKind.CONTACT ? history.getFacts() : kept(history.getFacts(), fact);
        if (hosts == history.getHosts()
                && users == history.getUsers()
                && traits == history.getTraits()
                && facts == history.getFacts()) {
            return history;
        }
        Subject next = Subject.newBuilder(history)
                .setHosts(hosts.subList(0, Math.min(MAX_SEEN, hosts.size())))
                .setMoreHosts(moreHosts)
                .setUsers(users.subList(0, Math.min(MAX_SEEN, users.size())))
                .setMoreUsers(moreUsers)
                .setTraits(traits)
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
        if (ofKind > most(fact.getKind())) {
            next.remove(oldest);
        }
        next.sort(TIMELINE);
        return next;
    }

    private static int most(FactKind kind) {
        return switch (kind) {
            case FOLLOW_ON -> MAX_FOLLOW_ONS;
            case LOGON, CONNECTION -> MAX_LOGONS;
            case CONTACT, MAIL, ENDPOINT_ALERT, CHAIN -> MAX_FACTS;
            case TRANSFER -> MAX_TRANSFERS;
        };
    }

    /**
     * A transfer has all that an earlier one of the same place, sensor and hour had. One that has less was counted
     * after a restart of the enricher. That of all hosts has no host; of it only the days are kept.
     */
    private static Subject withTransfer(Subject history, Fact fact) {
        List<Fact> facts = history.getFacts();
        if (fact.getHost() != null) {
            Fact known = facts.stream()
                    .filter(other -> isSameHour(other, fact))
                    .findFirst()
                    .orElse(null);
            if (known != null && !isMore(fact.getVolume(), known.getVolume())) {
                return history;
            }
            var next = new ArrayList<>(facts);
            next.remove(known);
            next.add(fact);
            if (next.size() > MAX_TRANSFERS) {
                next.remove(next.stream().min(LEAST_SENT).orElseThrow());
            }
            next.sort(TIMELINE);
            facts = next;
        }
        return Subject.newBuilder(history)
                .setFacts(facts)
                .setDays(days(history.getDays(), fact))
                .build();
    }

    private static boolean isSameHour(Fact one, Fact other) {
        return one.getVolume() != null
                && one.getVolume().getHour().equals(other.getVolume().getHour())
                && Objects.equals(one.getTitle(), other.getTitle())
                && Objects.equals(one.getSender(), other.getSender());
    }

    private static boolean isMore(Volume next, Volume known) {
        return next.getSent() > known.getSent()
                || next.getTransfers() > known.getTransfers()
                || next.getUploads() > known.getUploads()
                || next.getQueryBytes() > known.getQueryBytes();
    }

    private static List<Day> days(List<Day> days, Fact fact) {
        Volume volume = fact.getVolume();
        String dataset = fact.getSender() == null ? "" : fact.getSender();
        int day = Math.toIntExact(Math.floorDiv(volume.getHour().getEpochSecond(), 86_400));
        var next = new ArrayList<>(days);
        Day known = days.stream()
                .filter(other -> other.getDay() == day && other.getDataset().equals(dataset))
                .findFirst()
                .orElseGet(() -> new Day(day, dataset, 0L, 0));
        next.remove(known);
        next.add(new Day(day, dataset, known.getSent() + volume.getAdded(), known.getFacts() + 1));
        next.sort(Comparator.comparingInt(Day::getDay).thenComparing(Day::getDataset));
        return next.subList(Math.max(0, next.size() - MAX_DAYS), next.size());
    }

    private static boolean same(Fact one, Fact other) {
        return one.getKind() == other.getKind() && one.getId().equals(other.getId());
    }
}
