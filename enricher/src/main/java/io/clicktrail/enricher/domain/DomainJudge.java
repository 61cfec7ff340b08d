package io.clicktrail.enricher.domain;

import io.clicktrail.enricher.intel.Intel;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.lists.Recent;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.IntelMatch;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges the risk of domains: a score with named parts. The same input under the same lists gives the same judgement; what
 * depends on the host alone is remembered, so an instance belongs to one thread.
 */
public final class DomainJudge {

    /** Name in {@code missing} of the first-seen store that has not been asked yet. */
    private static final String NEWLY_OBSERVED = "newly_observed";

    private static final String LEARNING = "newly_observed: learning";
    private static final String INTEL = "intel";
    private static final String TENANT_PATH = "tenant_path";

    private static final int MAX_UNWRAPS = 5;
    private static final int MANY_LABELS = 5;
    private static final int UNKNOWN_TLD_POINTS = 14;
    private static final int REMEMBERED_HOSTS = 20_000;
    private static final int REMEMBERED_POLICIES = 8;

    /** What the path and port of a URL can add to its host's score. */
    private static final int MOST_OF_PATH = Part.RISKY_EXTENSION.points
            + Part.DOUBLE_EXTENSION.points
            + Part.SUFFIX_LIKE_FILE.points
            + Part.ODD_PORT.points;

    private final DomainCatalogue lists;
    private final UrlParser urls;
    private final Intel intel;
    private final AllowHits allowHits;
    private final Recent<DomainPolicy, Recent<String, HostFacts>> facts = new Recent<>(REMEMBERED_POLICIES);

    public DomainJudge(DomainCatalogue lists, UrlParser urls, Intel intel, AllowHits allowHits) {
        this.lists = lists;
        this.urls = urls;
        this.intel = intel;
        this.allowHits = allowHits;
    }

    /** A judge without intel. */
    public DomainJudge(DomainCatalogue lists, UrlParser urls) {
        this(lists, urls, new Intel(new IntelTable(1)), AllowHits.UNCOUNTED);
    }

    /** Judges a URL by where it finally leads; null where it leads to no host on the web. */
    public @Nullable DomainRisk url(String url, Instant time, DomainPolicy policy) {
        Unwrapped unwrapped = unwrapped(url);
        if (unwrapped == null) {
            return null;
        }
        ParsedUrl target = unwrapped.target();
        HostFacts known = factsOf(target.host(), policy);
        if (known.internal()) {
            return known.risk(url, known.tenant(), List.of(), null);
        }
        Tenant tenant = known.tenant().kind() == SuffixKind.ADDRESS ? known.tenant() : lists.tenants.ofUrl(target);
        List<ScorePart> parts = new ArrayList<>(known.parts());
        if (!tenant.key().equals(known.tenant().key())) {
            parts.removeIf(part -> Part.ofLabel(part.getName()) == Part.POPULAR);
        }
        addSigns(target, parts);
        if (unwrapped.wrapper() != null) {
            parts.add(Part.REWRITER.scored("unwrapped from " + unwrapped.wrapper(), null));
        }
        return completed(known.risk(url, tenant, parts, inForce(known, time)), target, time);
    }

    /** Where a URL leads and who answers for it; null where it leads to no host on the web. */
    public @Nullable Ownership ownership(String url) {
        Unwrapped unwrapped = unwrapped(url);
        if (unwrapped == null) {
            return null;
        }
        ParsedUrl target = unwrapped.target();
        String host = target.host();
        if (target.address()) {
            return new Ownership(target.canonical(), host, true, false, Addresses.isInternal(host));
        }
        Tenant tenant = lists.tenants.ofUrl(target);
        return new Ownership(target.canonical(), tenant.key(), false, tenant.partial(), InternalNames.covers(host));
    }

    /** Judges a host name or address that was seen without a URL; null where the text is neither. */
    public @Nullable DomainRisk host(String host, Instant time, DomainPolicy policy) {
        HostFacts known = remembered(policy).get(host);
        if (known == null) {
            String canonical = UrlParser.canonicalHost(host);
            if (canonical == null) {
                return null;
            }
            known = factsOf(canonical, policy);
        }
        AllowEntry entry = inForce(known, time);
        DomainRisk risk = entry == null ? known.plain() : known.risk(null, known.tenant(), known.parts(), entry);
        return completed(risk, null, time);
    }

    /**
     * The judgement with what intel says by now; null where that is no more than it said before.
     *
     * @param time time of the event
     */
    public @Nullable DomainRisk raised(DomainRisk risk, Instant time) {
        if (risk.getInternal() || intel.isEmpty()) {
            return null;
        }
        @Nullable String url = risk.getUrl();
        @Nullable Unwrapped unwrapped = url == null || !intel.knowsUrlsOf(risk.getHost()) ? null : unwrapped(url);
        List<IntelMatch> matches = matches(risk, unwrapped == null ? null : unwrapped.target(), time);
        return Intel.floor(matches) > Intel.floor(risk.getIntel()) ? withIntel(risk, matches) : null;
    }

    private @Nullable AllowEntry inForce(HostFacts known, Instant time) {
        AllowEntry entry = AllowList.inForce(known.allowed(), time);
        if (entry != null) {
            allowHits.hit(entry);
        }
        return entry;
    }

    /** Adds what depends on the time: intel, and which lists were old by then. */
    private DomainRisk completed(DomainRisk risk, @Nullable ParsedUrl url, Instant time) {
        if (risk.getInternal()) {
            return risk;
        }
        List<String> outdated = lists.outdated(risk.getParts(), time);
        DomainRisk dated = outdated.isEmpty()
                ? risk
                : changed(risk, risk.getParts(), risk.getMissing(), risk.getIntel(), outdated, null, null);
        return intel.isEmpty() ? dated : withIntel(dated, matches(risk, url, time));
    }

    private List<IntelMatch> matches(DomainRisk risk, @Nullable ParsedUrl url, Instant time) {
        String host = risk.getHost();
        @Nullable String canonical = url != null && intel.knowsUrlsOf(host) ? url.canonical() : null;
        return intel.ofPlace(canonical, host, risk.getTenantKey(), risk.getSuffixKind() == SuffixKind.ADDRESS, time);
    }

    private static DomainRisk withIntel(DomainRisk risk, List<IntelMatch> matches) {
        List<String> missing = new ArrayList<>(risk.getMissing());
        missing.remove(INTEL);
        List<ScorePart> parts = risk.getParts();
        if (!matches.isEmpty()) {
            parts = new ArrayList<>(parts);
            parts.removeIf(part -> Part.ofLabel(part.getName()) == Part.INTEL);
            for (IntelMatch match : matches) {
                parts.add(Part.INTEL.scored(match.getFloor(), inWords(match, risk.getAllowList()), null));
            }
        }
        return changed(risk, parts, missing, matches, risk.getOutdated(), risk.getFirstSeen(), risk.getHosts());
    }

    private static String inWords(IntelMatch match, @Nullable String allowed) {
        String what = switch (match.getType()) {
            case URL -> "this URL";
            case SHA256 -> "the file's content";
            case TENANT_KEY, DOMAIN, ADDRESS, NETWORK -> match.getValue();
        };
        String threat = match.getThreat() == null ? "" : " as " + match.getThreat();
        return String.join(", ", match.getSources()) + (match.getSources().size() == 1 ? " lists " : " list ") + what
                + threat + ", confidence " + match.getConfidence()
                + (allowed == null ? "" : "; allowed by the operator all the same: " + allowed);
    }

    private @Nullable Unwrapped unwrapped(String url) {
        if (!(urls.parse(url) instanceof ParsedUrl given)) {
            return null;
        }
        ParsedUrl target = given;
        @Nullable String wrapper = null;
        for (int i = 0; i < MAX_UNWRAPS; i++) {
            String inner = lists.rewriters.unwrap(target);
            if (inner == null || !(urls.parse(inner) instanceof ParsedUrl next)) {
                break;
            }
            wrapper = target.host();
            target = next;
        }
        return new Unwrapped(target, wrapper);
    }

    /** True where the first-seen store must be asked before the judgement is final. */
    public static boolean awaitsNovelty(DomainRisk risk) {
        return risk.getMissing().contains(NEWLY_OBSERVED);
    }

    /** The greatest score that the answer of the first-seen store can lead to. */
    public static int greatestScore(DomainRisk risk) {
        if (!awaitsNovelty(risk)) {
            return risk.getScore();
        }
        int more = Part.NEWLY_OBSERVED.points
                + (risk.getSharedHosting() ? Part.NEW_SHARED_TENANT.points + Part.SUFFIX_BURST.points : 0);
        return Math.min(100, risk.getScore() + more);
    }

    /** The judgement with the answer of the first-seen store: 12, 9 or 6 points in the first 24 hours, 72 hours, 7 days. */
    public static DomainRisk withNovelty(DomainRisk risk, Instant time, Novelty novelty) {
        List<String> missing = new ArrayList<>(risk.getMissing());
        missing.remove(NEWLY_OBSERVED);
        List<ScorePart> parts = new ArrayList<>(risk.getParts());
        switch (novelty) {
            case Novelty.Learning learning -> missing.add(LEARNING);
            case Novelty.Seen seen -> addFreshness(risk, Freshness.of(seen.firstSeen(), time), parts);
            case Novelty.Burst burst -> {
                addFreshness(risk, Freshness.DAY, parts);
                if (risk.getSharedHosting()) {
                    parts.add(Part.SUFFIX_BURST.scored("one of very many new names at this host within an hour", null));
                }
            }
        }
        Prevalence prevalence = novelty.prevalence();
        if (prevalence.isOrdinary()) {
            parts.add(Part.PREVALENT.scored(
                    Prevalence.COUNTED + " hosts or more have used it for a week or longer", null));
        }
        return changed(
                risk, parts, missing, risk.getIntel(), risk.getOutdated(), novelty.firstSeen(), prevalence.hosts());
    }

    private static void addFreshness(DomainRisk risk, Freshness freshness, List<ScorePart> parts) {
        if (freshness == Freshness.KNOWN) {
            return;
        }
        parts.add(Part.NEWLY_OBSERVED.scored(freshness.points, freshness.evidence, null));
        if (risk.getSharedHosting()) {
            parts.add(Part.NEW_SHARED_TENANT.scored("new customer of shared hosting", null));
        }
    }

    private static DomainRisk changed(
            DomainRisk risk,
            List<ScorePart> parts,
            List<String> missing,
            List<IntelMatch> intel,
            List<String> outdated,
            @Nullable Instant firstSeen,
            @Nullable Integer hosts) {
        int score = Scores.total(parts);
        return new DomainRisk(
                risk.getUrl(),
                risk.getHost(),
                risk.getTenantKey(),
                risk.getSuffixKind(),
                score,
                Scores.band(score),
                List.copyOf(parts),
                List.copyOf(missing),
                risk.getAllowList(),
                firstSeen,
                risk.getSharedHosting(),
                risk.getInternal(),
                intel,
                outdated,
                hosts);
    }

    /** The scope of the allow-list entry that holds for a host; null where none does or intel beats it. */
    public @Nullable AllowScope allowScope(DomainRisk risk, Instant time, DomainPolicy policy) {
        if (risk.getAllowList() == null || !risk.getIntel().isEmpty()) {
            return null;
        }
        AllowEntry entry = AllowList.inForce(factsOf(risk.getHost(), policy).allowed(), time);
        return entry == null ? null : entry.getScope();
    }

    /**
     * True where a URL cannot reach a score, which can be told from most URLs without taking them apart: the host is written
     * plainly, its novelty is of no interest, and all that the path could add is not enough.
     */
    public boolean staysBelow(String url, int score, DomainPolicy policy) {
        String host = UrlParser.plainHost(url);
        if (host == null || lists.rewriters.isRewriter(host) || lists.tenants.isPathShared(host)) {
            return false;
        }
        HostFacts known = factsOf(host, policy);
        DomainRisk plain = known.plain();
        return !awaitsNovelty(plain)
                && plain.getScore() + MOST_OF_PATH < score
                && known.allowed().isEmpty()
                && !intel.mayKnow(host, plain.getTenantKey());
    }

    private Recent<String, HostFacts> remembered(DomainPolicy policy) {
        Recent<String, HostFacts> hosts = facts.get(policy);
        if (hosts == null) {
            hosts = new Recent<>(REMEMBERED_HOSTS);
            facts.put(policy, hosts);
        }
        return hosts;
    }

    private HostFacts factsOf(String host, DomainPolicy policy) {
        Recent<String, HostFacts> hosts = remembered(policy);
        HostFacts known = hosts.get(host);
        if (known == null) {
            known = gather(host, policy);
            hosts.put(host, known);
        }
        return known;
    }

    private HostFacts gather(String host, DomainPolicy policy) {
        if (Addresses.looksLikeAddress(host)) {
            boolean internal = Addresses.isInternal(host);
            var tenant = new Tenant(host, host, "", SuffixKind.ADDRESS, false, false);
            List<ScorePart> parts =
                    internal ? List.of() : List.of(Part.ADDRESS_LITERAL.scored("an address in place of a name", null));
            return HostFacts.of(
                    host, tenant, parts, internal, false, internal ? List.of() : policy.allowList.matching(host));
        }
        if (InternalNames.covers(host) || policy.ownDomainOf(host) != null) {
            String own = policy.ownDomainOf(host);
            var tenant = new Tenant(own == null ? host : own, host, "", SuffixKind.INTERNAL, false, false);
            return HostFacts.of(host, tenant, List.of(), true, false, List.of());
        }
        Tenant tenant = lists.tenants.ofName(host);
        boolean popular = lists.popular.contains(tenant.key());
        var hosting = lists.hosting.covering(host);
        boolean shared = tenant.shared() || hosting != null;
        List<ScorePart> parts = new ArrayList<>(4);
        addSuffix(host, tenant, policy, parts);
        if (popular) {
            parts.add(Part.POPULAR.scored(tenant.key() + " is on the list of daily names", lists.popular.version()));
        } else {
            parts.addAll(policy.lookalikes.parts(host, tenant));
            addShape(host, tenant, parts);
        }
        if (lists.shorteners.covering(host) != null) {
            parts.add(Part.SHORTENER.scored("a link shortener hides where it leads", lists.shorteners.version()));
        }
        if (hosting != null && hosting.kind().part != null) {
            parts.add(hosting.kind()
                    .part
                    .scored(hosting.name() + ": " + hosting.kind().evidence, lists.hosting.version()));
        }
        return HostFacts.of(
                host,
                new Tenant(tenant.key(), tenant.label(), tenant.suffix(), tenant.kind(), shared, tenant.partial()),
                parts,
                false,
                popular,
                policy.allowList.matching(host));
    }

    private void addSuffix(String host, Tenant tenant, DomainPolicy policy, List<ScorePart> parts) {
        String tld = Suffixes.lastLabels(host, 1);
        if (policy.isSuspiciousTld(tld)) {
            parts.add(Part.SUSPICIOUS_TLD.scored("." + tld + " is on the operator's list", policy.version()));
        }
        switch (tenant.kind()) {
            case ICANN -> {
                TldRisk.Prior prior = lists.tlds.of(tld);
                if (prior != null && prior.points() != 0) {
                    parts.add(Part.TLD.scored(prior.points(), prior.evidence(), lists.tlds.version()));
                }
            }
            case UNLISTED ->
                parts.add(Part.TLD.scored(
                        UNKNOWN_TLD_POINTS, "." + tld + " is no public suffix", lists.suffixes.version()));
            case PRIVATE, PATH_TENANT, ADDRESS, INTERNAL -> {}
        }
    }

    private static void addShape(String host, Tenant tenant, List<ScorePart> parts) {
        if (tenant.kind() == SuffixKind.ICANN && GeneratedNames.looksGenerated(tenant.label())) {
            parts.add(Part.GENERATED_NAME.scored(tenant.label() + " reads as if made by a machine", null));
        }
        if (host.startsWith("xn--") || host.contains(".xn--")) {
            parts.add(Part.PUNYCODE.scored("a name beyond ASCII", null));
        }
        int labels = 1;
        for (int i = 0; i < host.length(); i++) {
            labels += host.charAt(i) == '.' ? 1 : 0;
        }
        if (labels >= MANY_LABELS) {
            parts.add(Part.MANY_LABELS.scored(labels + " labels", null));
        }
    }

    private static void addSigns(ParsedUrl url, List<ScorePart> parts) {
        for (UrlSign sign : url.signs()) {
            ScorePart part = switch (sign) {
                case USERINFO -> Part.USERINFO.scored("a user name before the host", null);
                case MISLEADING_AUTHORITY ->
                    Part.MISLEADING_AUTHORITY.scored("reads as if it led elsewhere than to " + url.host(), null);
                case ADDRESS_LITERAL -> null;
                case OBFUSCATED_ADDRESS ->
                    Part.OBFUSCATED_ADDRESS.scored("the address " + url.host() + " in disguise", null);
                case ODD_PORT -> Part.ODD_PORT.scored("port " + url.parts().port(), null);
                case ENCODED_HOST -> Part.ENCODED_HOST.scored("escaped characters in the host", null);
                case RISKY_EXTENSION -> Part.RISKY_EXTENSION.scored("leads to a file of a high-risk kind", null);
                case DOUBLE_EXTENSION -> Part.DOUBLE_EXTENSION.scored("a file name made to be misread", null);
                case SUFFIX_LIKE_FILE -> Part.SUFFIX_LIKE_FILE.scored("the domain itself reads like a file name", null);
            };
            if (part != null) {
                parts.add(part);
            }
        }
    }

    /**
     * Where a URL finally leads.
     *
     * @param wrapper host of the last wrapper around it, null where there is none
     */
    private record Unwrapped(ParsedUrl target, @Nullable String wrapper) {}

    /** Grades of novelty. */
    private enum Freshness {
        DAY(12, "first seen less than 24 hours before", 24),
        THREE_DAYS(9, "first seen less than 72 hours before", 72),
        WEEK(6, "first seen less than 7 days before", 7 * 24),
        KNOWN(0, "known", Long.MAX_VALUE);

        final int points;
        final String evidence;
        final long hours;

        Freshness(int points, String evidence, long hours) {
            this.points = points;
            this.evidence = evidence;
            this.hours = hours;
        }

        static Freshness of(Instant firstSeen, Instant time) {
            long seconds = time.getEpochSecond() - firstSeen.getEpochSecond();
            for (Freshness grade : values()) {
                if (grade == KNOWN || seconds < grade.hours * 3600) {
                    return grade;
                }
            }
            return KNOWN;
        }
    }

    /**
     * What depends on the host alone.
     *
     * @param plain the judgement of the bare host without an allow-list entry in force
     */
    private record HostFacts(
            String host,
            Tenant tenant,
            List<ScorePart> parts,
            boolean internal,
            boolean popular,
            List<AllowEntry> allowed,
            DomainRisk plain) {

        static HostFacts of(
                String host,
                Tenant tenant,
                List<ScorePart> parts,
                boolean internal,
                boolean popular,
                List<AllowEntry> allowed) {
            List<ScorePart> kept = List.copyOf(parts);
            return new HostFacts(
                    host,
                    tenant,
                    kept,
                    internal,
                    popular,
                    allowed,
                    judged(host, null, tenant, kept, internal, popular, null));
        }

        DomainRisk risk(@Nullable String url, Tenant given, List<ScorePart> givenParts, @Nullable AllowEntry entry) {
            boolean sameTenant = given.key().equals(tenant.key());
            return judged(host, url, shared(given), givenParts, internal, popular && sameTenant, entry);
        }

        private Tenant shared(Tenant given) {
            return given.shared() || !tenant.shared()
                    ? given
                    : new Tenant(given.key(), given.label(), given.suffix(), given.kind(), true, given.partial());
        }

        private static DomainRisk judged(
                String host,
                @Nullable String url,
                Tenant tenant,
                List<ScorePart> parts,
                boolean internal,
                boolean popular,
                @Nullable AllowEntry entry) {
            List<ScorePart> all = parts;
            if (entry != null) {
                all = new ArrayList<>(parts);
                all.add(Part.ALLOW_LIST.scored("allowed for " + entry.getScope() + " by " + entry.getOwner(), null));
            }
            int score = internal ? 0 : Scores.total(all);
            return new DomainRisk(
                    url,
                    host,
                    tenant.key(),
                    tenant.kind(),
                    score,
                    Scores.band(score),
                    List.copyOf(all),
                    internal ? List.of() : missing(tenant, popular, entry),
                    entry == null ? null : entry.getPattern() + ": " + entry.getReason(),
                    null,
                    tenant.shared(),
                    internal,
                    List.of(),
                    List.of(),
                    null);
        }

        private static List<String> missing(Tenant tenant, boolean popular, @Nullable AllowEntry entry) {
            if (tenant.partial()) {
                return List.of(INTEL, TENANT_PATH);
            }
            boolean asks = !popular && entry == null && tenant.kind() != SuffixKind.ADDRESS;
            return asks ? List.of(INTEL, NEWLY_OBSERVED) : List.of(INTEL);
        }
    }
}
