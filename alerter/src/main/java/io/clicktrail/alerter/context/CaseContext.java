package io.clicktrail.alerter.context;

import io.clicktrail.detection.Detection;
import io.clicktrail.state.Day;
import io.clicktrail.state.Fact;
import io.clicktrail.state.FactKind;
import io.clicktrail.state.Finding;
import io.clicktrail.state.Seen;
import io.clicktrail.state.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of a chain from outside it: mails, alerts of other products, earlier cases, other hosts. */
public final class CaseContext {

    /**
     * Time before and after a chain in which other chains belong to its campaign, and alerts to its incident.
     */
    public static final Duration AROUND = Duration.ofHours(24);

    /** How far back earlier cases are listed. */
    public static final Duration HISTORY = Duration.ofDays(30);

    /** Number of hosts from which a campaign is critical. */
    public static final int LARGE_CAMPAIGN = 5;

    private static final Comparator<Fact> TIMELINE =
            Comparator.comparing(Fact::getTime).thenComparing(Fact::getId);

    private final Map<String, Subject> known;
    private final Detection chain;

    private CaseContext(Map<String, Subject> known, Detection chain) {
        this.known = known;
        this.chain = chain;
    }

    /**
     * The context that findings give. Those of subjects that only an earlier revision of the chain had, such as the
     * numeric id of a user whose name is known by now, do not count: a case does not depend on its past.
     */
    public static CaseContext of(Detection chain, Collection<Finding> findings) {
        var subjects = Set.copyOf(Subjects.of(chain));
        var known = new TreeMap<String, Subject>();
        for (Finding finding : findings) {
            if (subjects.contains(finding.getSubject())) {
                known.put(finding.getSubject(), finding.getKnown());
            }
        }
        return new CaseContext(known, chain);
    }

    /** No context. */
    public static CaseContext none(Detection chain) {
        return new CaseContext(Map.of(), chain);
    }

    /** Mails with a link to one of the chain's sites to its user, up to the end of the chain; the latest last. */
    public List<Fact> mails() {
        String user = chain.getUser();
        if (user == null) {
            return List.of();
        }
        var mails = new ArrayList<Fact>();
        for (String site : Subjects.sitesOf(chain)) {
            Subject page = known.get(Subjects.mail(site, user));
            if (page != null) {
                mails.addAll(facts(page, FactKind.MAIL, Instant.MIN, chain.getLastEventTime()));
            }
        }
        return distinct(mails);
    }

    /** What the gateway said of a message at other times, or did with it after its delivery; the latest last. */
    public List<Fact> laterOn(Fact mail) {
        String user = chain.getUser();
        if (user == null || mail.getMessageId() == null) {
            return List.of();
        }
        return distinct(page(Subjects.mailbox(user)).getFacts().stream()
                .filter(fact -> fact.getKind() == FactKind.MAIL)
                .filter(fact -> mail.getMessageId().equals(fact.getMessageId()))
                .toList());
    }

    /** Mails with links to one of the chain's sites to anybody, at most 16 for each site, the latest last. */
    public List<Fact> mailsToAll() {
        var mails = new ArrayList<Fact>();
        for (String site : Subjects.sitesOf(chain)) {
            mails.addAll(facts(page(Subjects.site(site)), FactKind.MAIL, Instant.MIN, Instant.MAX));
        }
        return distinct(mails);
    }

    /** Who got mails with links to one of the chain's sites, the earliest first, at most 64 for each site. */
    public List<String> recipients() {
        var recipients = new LinkedHashSet<String>();
        for (String site : Subjects.sitesOf(chain)) {
            page(Subjects.site(site)).getTraits().stream()
                    .map(Seen::getKey)
                    .filter(trait -> trait.startsWith(Traits.RECIPIENT))
                    .forEach(trait -> recipients.add(trait.substring(Traits.RECIPIENT.length())));
        }
        return List.copyOf(recipients);
    }

    /** Alerts of other products on the host, or on a file of the chain anywhere, a day around the chain. */
    public List<Fact> alerts() {
        var alerts = new ArrayList<Fact>();
        Instant from = chain.getFirstEventTime().minus(AROUND);
        Instant to = chain.getLastEventTime().plus(AROUND);
        for (String subject : subjects("host:", "file:")) {
            alerts.addAll(facts(page(subject), FactKind.ENDPOINT_ALERT, from, to));
        }
        return distinct(alerts);
    }

    /** What the host sent to untrusted places in the day from the start of the chain on. */
    public List<Fact> transfers() {
        return inTheDayAfter(page(Subjects.sentBy(chain.getHost())), FactKind.TRANSFER);
    }

    /** What the host sent to untrusted places by day, before the day of the chain. */
    public List<Day> daysOfHost() {
        return daysBefore(Subjects.sentBy(chain.getHost()));
    }

    /** What all hosts together sent to untrusted places by day, before the day of the chain. */
    public List<Day> daysOfAll() {
        return daysBefore(Subjects.SENT_BY_ALL);
    }

    private List<Day> daysBefore(String subject) {
        long day = Math.floorDiv(chain.getFirstEventTime().getEpochSecond(), 86_400);
        return page(subject).getDays().stream()
                .filter(sent -> sent.getDay() < day)
                .toList();
    }

    /** What is known to follow the first code, on the host in the day from the start of the chain on. */
    public List<Fact> followOns() {
        return inTheDayAfter(page(Subjects.host(chain.getHost())), FactKind.FOLLOW_ON);
    }

    /** Connections of processes that are no browser or the like, on the host in the day from the chain's start on. */
    public List<Fact> connections() {
        return inTheDayAfter(page(Subjects.host(chain.getHost())), FactKind.CONNECTION);
    }

    /** Logons of the chain's account, and from its host, in the day from the start of the chain on. */
    public List<Fact> logons() {
        var pages = new ArrayList<>(List.of(account()));
        subjects("address:").forEach(subject -> pages.add(page(subject)));
        return distinct(pages.stream()
                .flatMap(page -> inTheDayAfter(page, FactKind.LOGON).stream())
                .toList());
    }

    private List<Fact> inTheDayAfter(Subject page, FactKind kind) {
        Instant start = chain.getFirstEventTime();
        return facts(page, kind, start, start.plus(SubjectHistory.AFTER));
    }

    /** True for the name of the chain's own host. */
    public boolean isOwnHost(String host) {
        return isSameMachine(host, chain.getHost());
    }

    /** Hosts at which the chain's account has logged on, the earliest first. */
    public List<Seen> hostsOfAccount() {
        return account().getHosts();
    }

    /** Countries, devices and user agents of the sign-ins of the chain's account, the earliest first. */
    public List<Seen> traitsOfAccount() {
        return account().getTraits();
    }

    private Subject account() {
        return chain.getUser() == null ? SubjectHistory.EMPTY : page(Subjects.account(chain.getUser()));
    }

    /** Alerts of other products from the first event of the chain on. */
    public List<Fact> alertsAfter() {
        return alerts().stream()
                .filter(alert -> !alert.getTime().isBefore(chain.getFirstEventTime()))
                .toList();
    }

    /** True once the history of the host is known, be it empty. */
    public boolean knowsHistory() {
        return known.containsKey(Subjects.host(chain.getHost()));
    }

    /** Chains of the same host or user in the 30 days before this one. */
    public List<Fact> earlier() {
        var chains = new ArrayList<Fact>();
        for (String subject : subjects("host:", "user:")) {
            chains.addAll(facts(
                    page(subject),
                    FactKind.CHAIN,
                    chain.getFirstEventTime().minus(HISTORY),
                    chain.getFirstEventTime().minusNanos(1)));
        }
        return distinct(chains);
    }

    /** Hosts that contacted the chain's site, the earliest first; absent where none was seen. */
    public List<Seen> hosts() {
        return machines(page(Subjects.site(chain.getTenantKey())).getHosts());
    }

    /**
     * Each machine once: what was seen under a short name before the qualified one was known counts under that one,
     * where it is one host's alone.
     */
    private static List<Seen> machines(List<Seen> names) {
        var firsts = new TreeMap<String, Instant>();
        for (Seen seen : names) {
            List<String> qualified = names.stream()
                    .map(Seen::getKey)
                    .filter(name -> name.startsWith(seen.getKey() + "."))
                    .toList();
            String machine = qualified.size() == 1 ? qualified.getFirst() : seen.getKey();
            firsts.merge(machine, seen.getFirst(), (one, other) -> one.isAfter(other) ? other : one);
        }
        return firsts.entrySet().stream()
                .map(entry -> new Seen(entry.getKey(), entry.getValue()))
                .sorted(SubjectHistory.EARLIEST)
                .toList();
    }

    /** When any host contacted the places of the chain first, by tenant key; without those of which it is not known. */
    public Map<String, Instant> firstSeen() {
        var firstSeen = new TreeMap<String, Instant>();
        for (String place : Subjects.tenantKeysOf(chain)) {
            var hosts = page(Subjects.site(place)).getHosts();
            if (!hosts.isEmpty()) {
                firstSeen.put(place, hosts.getFirst().getFirst());
            }
        }
        return firstSeen;
    }

    /** True where more hosts contacted the site than {@link #hosts} has. */
    public boolean moreHosts() {
        return page(Subjects.site(chain.getTenantKey())).getMoreHosts();
    }

    /** Users that contacted the chain's site. */
    public List<Seen> users() {
        return page(Subjects.site(chain.getTenantKey())).getUsers();
    }

    /** Hosts on which a file of the chain was seen; absent where the chain has no hash. */
    public @Nullable List<Seen> hostsWithFile() {
        return hostsOf("file:");
    }

    /** Hosts on which programs ran that the chain's signer signed; absent where the chain has none. */
    public @Nullable List<Seen> hostsWithSigner() {
        return hostsOf("signer:");
    }

    private @Nullable List<Seen> hostsOf(String prefix) {
        var hosts = new TreeMap<String, Seen>();
        List<String> subjects = subjects(prefix);
        for (String subject : subjects) {
            page(subject)
                    .getHosts()
                    .forEach(seen -> hosts.merge(
                            seen.getKey(), seen, (a, b) -> a.getFirst().isAfter(b.getFirst()) ? b : a));
        }
        return subjects.isEmpty() ? null : machines(List.copyOf(hosts.values()));
    }

    /** Other hosts that contacted the site for the first time a day around the chain. */
    public List<String> spread() {
        return hosts().stream()
                .filter(seen -> !isSameMachine(seen.getKey(), chain.getHost()) && around(seen.getFirst()))
                .map(Seen::getKey)
                .toList();
    }

    /** Chains on other hosts with the same site or file, a day around this one. */
    public List<Fact> campaign() {
        var chains = new ArrayList<Fact>();
        Subjects.sitesOf(chain).forEach(site -> chains.addAll(others(Subjects.site(site))));
        subjects("file:").forEach(file -> chains.addAll(others(file)));
        return distinct(chains);
    }

    /** What the campaign has in common: {@code site:…} before {@code file:…}; null where there is none. */
    public @Nullable String campaignKey() {
        String site = Subjects.site(chain.getTenantKey());
        if (!others(site).isEmpty()) {
            return site;
        }
        for (String file : subjects("file:")) {
            if (!others(file).isEmpty()) {
                return file;
            }
        }
        return null;
    }

    /** Hosts of the campaign, this one counted. */
    public int devices() {
        Set<String> hosts = campaign().stream().map(Fact::getHost).collect(Collectors.toSet());
        return 1
                + Math.toIntExact(hosts.stream()
                        .filter(host -> host.indexOf('.') >= 0
                                || hosts.stream().noneMatch(other -> other.startsWith(host + ".")))
                        .count());
    }

    /**
     * True where both names may be of one machine: a machine may have had a case under its short name before its
     * qualified one was known.
     */
    private static boolean isSameMachine(String one, String other) {
        return one.equals(other) || other.startsWith(one + ".") || one.startsWith(other + ".");
    }

    private List<Fact> others(String subject) {
        return facts(
                        page(subject),
                        FactKind.CHAIN,
                        chain.getFirstEventTime().minus(AROUND),
                        chain.getLastEventTime().plus(AROUND))
                .stream()
                .filter(other -> !isSameMachine(chain.getHost(), other.getHost()))
                .toList();
    }

    private boolean around(Instant time) {
        return !time.isBefore(chain.getFirstEventTime().minus(AROUND))
                && !time.isAfter(chain.getLastEventTime().plus(AROUND));
    }

    private List<Fact> facts(Subject page, FactKind kind, Instant from, Instant to) {
        return page.getFacts().stream()
                .filter(fact -> fact.getKind() == kind)
                .filter(fact -> !fact.getId().equals(chain.getDetectionId()))
                .filter(fact ->
                        !fact.getTime().isBefore(from) && !fact.getTime().isAfter(to))
                .toList();
    }

    private Subject page(String subject) {
        Subject page = known.get(subject);
        return page == null ? SubjectHistory.EMPTY : page;
    }

    private List<String> subjects(String... prefixes) {
        return known.keySet().stream()
                .filter(subject -> List.of(prefixes).stream().anyMatch(subject::startsWith))
                .toList();
    }

    private static List<Fact> distinct(List<Fact> facts) {
        var byId = new LinkedHashMap<String, Fact>();
        facts.stream().sorted(TIMELINE).forEach(fact -> byId.putIfAbsent(fact.getId(), fact));
        return List.copyOf(byId.values());
    }
}
