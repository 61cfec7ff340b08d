package io.clicktrail.alerter.assets;

import io.clicktrail.organisation.OrganisationEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A phishing simulation, a red team or another approved test. It says which places its links lead to or who sends its
 * mails, which hosts and accounts it is about, or both; what is given must fit.
 *
 * @param name of it
 * @param source who entered it
 * @param contact who answers for it
 * @param from begin
 * @param until end
 */
public record Exercise(
        String name,
        String source,
        @Nullable String contact,
        List<NamePattern> places,
        List<NamePattern> senders,
        List<NamePattern> hosts,
        List<NamePattern> people,
        Instant from,
        Instant until) {

    private static final Duration LONGEST = Duration.ofDays(366);

    /**
     * What a case can be held against.
     *
     * @param places names and addresses that links of the case lead to, lower case
     * @param senders mail addresses of senders, lower case
     * @param host host key
     * @param user canonical user key
     * @param at when it happened
     */
    public record Subject(
            Collection<String> places,
            Collection<String> senders,
            String host,
            @Nullable String user,
            Instant at) {

        public Subject {
            places = List.copyOf(places);
            senders = List.copyOf(senders);
        }
    }

    public Exercise {
        places = List.copyOf(places);
        senders = List.copyOf(senders);
        hosts = List.copyOf(hosts);
        people = List.copyOf(people);
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException where it names nothing that a case can be held against, no begin, or a time of
     *     more than a year
     */
    static Exercise of(OrganisationEntry entry) {
        var places = patterns(entry.getPlaces());
        var senders = patterns(entry.getSenders());
        var hosts = patterns(entry.getHosts());
        var people = patterns(entry.getPeople());
        if (places.isEmpty() && senders.isEmpty() && hosts.isEmpty() && people.isEmpty()) {
            throw new IllegalArgumentException("names no places, senders, hosts or people");
        }
        Instant from = entry.getFrom();
        if (from == null) {
            throw new IllegalArgumentException("has no begin");
        }
        Instant until = entry.getUntil() == null ? from.plus(LONGEST) : entry.getUntil();
        if (until.isBefore(from) || until.isAfter(from.plus(LONGEST))) {
            throw new IllegalArgumentException("ends at " + until + " but must end within a year after " + from);
        }
        return new Exercise(
                entry.getNames().getFirst(),
                entry.getSource(),
                entry.getContact(),
                places,
                senders,
                hosts,
                people,
                from,
                until);
    }

    private static List<NamePattern> patterns(List<String> texts) {
        return texts.stream().map(NamePattern::new).toList();
    }

    /** Whether a case is of it. */
    boolean covers(Subject subject) {
        return !subject.at().isBefore(from)
                && !subject.at().isAfter(until)
                && (places.isEmpty() && senders.isEmpty()
                        || anyFits(places, subject.places())
                        || anyFits(senders, subject.senders()))
                && (hosts.isEmpty() || anyFits(hosts, List.of(subject.host())))
                && (people.isEmpty() || subject.user() != null && anyFits(people, AccountNames.of(subject.user())));
    }

    /** A name without stars also means what is below it: hosts of a domain, addresses of a domain's mails. */
    private static boolean anyFits(List<NamePattern> patterns, Collection<String> names) {
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> patterns.stream()
                        .anyMatch(pattern -> pattern.fits(name)
                                || name.endsWith("." + pattern.text())
                                || name.endsWith("@" + pattern.text())));
    }
}
