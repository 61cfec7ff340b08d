package io.clicktrail.enricher.domain;

import io.clicktrail.enricher.intel.Intel;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.lists.Recent;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.IntelMatch;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.schemas.RiskBands;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges the risk of domains: a score with named parts. The same input under the same lists gives the same judgement;
 * what depends on the host alone is remembered, so an instance belongs to one thread.
 */
public final class DomainScorer {

    /** Name in {@code missing} of the first-seen store that has not been asked yet. */
    private static final String NEWLY_OBSERVED = "newly_observed";

    private static final String LEARNING = "newly_observed: learning";
    private static final String INTEL = "intel";
    private static final String TENANT_PATH = "tenant_path";
    private static final String OUTDATED_LIST =
            "; the list is older than " + DomainCatalogue.OUTDATED.toDays() + " days";

    private static final int MAX_UNWRAPS = 5;
    private static final int MANY_LABELS = 5;
    private static final int REMEMBERED_HOSTS = 20_000;
    private static final int REMEMBERED_POLICIES = 8;

    private final DomainCatalogue lists;
    private final Weights weights;

    /** What the path and port of a URL can add to its host's score. */
    private final int mostOfPath;

    private final UrlParser urls;
    private final Intel intel;
    private final AllowHits allowHits;
    private final Recent<DomainPolicy, Recent<String, HostFacts>> facts = new Recent<>(REMEMBERED_POLICIES);

    public DomainScorer(DomainCatalogue lists, UrlParser urls, Intel intel, AllowHits allowHits) {
        this.lists = lists;
        this.weights = lists.weights;
        this.mostOfPath = weights.points(Part.RISKY_EXTENSION)
                + weights.points(Part.DOUBLE_EXTENSION)
                + weights.points(Part.SUFFIX_LIKE_FILE)
                + weights.points(Part.ODD_PORT);
        this.urls = urls;
        this.intel = intel;
        this.allowHits = allowHits;
    }

    /** A judge without intel. */
    public DomainScorer(DomainCatalogue lists, UrlParser urls) {
        this(lists, urls, new Intel(new IntelTable(1), lists.intelWeight()), AllowHits.UNCOUNTED);
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
            return risk(known, url, known.tenant(), List.of(), null);
        }
        Tenant tenant = known.tenant().kind() == SuffixKind.ADDRESS ? known.tenant() : lists.tenants.ofUrl(target);
        List<ScorePart> parts = new ArrayList<>(known.parts());
        if (!tenant.key().equals(known.tenant().key())) {
            parts.removeIf(part -> Part.ofLabel(part.getName()) == Part.POPULAR);
        }
        addSigns(target, parts);
        if (unwrapped.wrapper() != null) {
            parts.add(weights.scored(Part.REWRITER, "unwrapped from " + unwrapped.wrapper()));
        }
        return completed(risk(known, url, tenant, parts, inForce(known, time)), target, time);
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
            return new Ownership(target.canonical(), host, true, false, AddressScopes.isInternal(host));
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
        DomainRisk risk = entry == null ? known.plain() : risk(known, null, known.tenant(), known.parts(), entry);
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
                : changed(
                        risk,
                        warned(risk.getParts(), time),
                        risk.getMissing(),
                        risk.getIntel(),
                        outdated,
                        null,
                        null,
                        weights);
        return intel.isEmpty() ? dated : withIntel(dated, matches(risk, url, time));
    }

    /** The parts, those that rest on an old list with a warning that goes with them into the alert. */
    private List<ScorePart> warned(List<ScorePart> parts, Instant time) {
        List<ScorePart> warned = new ArrayList<>(parts.size());
        for (ScorePart part : parts) {
            warned.add(
                    lists.isOutdated(part, time)
                            ? new ScorePart(
                                    part.getName(),
                                    part.getPoints(),
                                    part.getEvidence() + OUTDATED_LIST,
                                    part.getListVersion())
                            : part);
        }
        return warned;
    }

    private List<IntelMatch> matches(DomainRisk risk, @Nullable ParsedUrl url, Instant time) {
        String host = risk.getHost();
        @Nullable String canonical = url != null && intel.knowsUrlsOf(host) ? url.canonical() : null;
        return intel.ofPlace(canonical, host, risk.getTenantKey(), risk.getSuffixKind() == SuffixKind.ADDRESS, time);
    }

    private DomainRisk withIntel(DomainRisk risk, List<IntelMatch> matches) {
        List<String> missing = new ArrayList<>(risk.getMissing());
        missing.remove(INTEL);
        List<ScorePart> parts = risk.getParts();
        if (!matches.isEmpty()) {
            parts = new ArrayList<>(parts);
            parts.removeIf(part -> Part.ofLabel(part.getName()) == Part.INTEL);
            for (IntelMatch match : matches) {
                parts.add(weights.scored(Part.INTEL, match.getFloor(), inWords(match, risk.getAllowList()), null));
            }
        }
        return changed(
                risk, parts, missing, matches, risk.getOutdated(), risk.getFirstSeen(), risk.getHosts(), weights);
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
    public static int greatestScore(DomainRisk risk, DomainPolicy policy) {
        if (!awaitsNovelty(risk)) {
            return risk.getScore();
        }
        Weights weights = policy.weights;
        int more = weights.points(Part.NEWLY_OBSERVED)
                + (risk.getSharedHosting()
                        ? weights.points(Part.NEW_SHARED_TENANT) + weights.points(Part.SUFFIX_BURST)
                        : 0);
        return Math.min(100, risk.getScore() + more);
    }

    /**
     * The judgement with the answer of the first-seen store: fewer points after 24 hours, 72 hours, none after 7 days.
     */
    public static DomainRisk withNovelty(DomainRisk risk, Instant time, Novelty novelty, DomainPolicy policy) {
        Weights weights = policy.weights;
        List<String> missing = new ArrayList<>(risk.getMissing());
        missing.remove(NEWLY_OBSERVED);
        List<ScorePart> parts = new ArrayList<>(risk.getParts());
        switch (novelty) {
            case Novelty.Learning learning -> missing.add(LEARNING);
            case Novelty.Seen seen -> addFreshness(risk, Freshness.of(seen.firstSeen(), time), weights, parts);
            case Novelty.Burst burst -> {
                addFreshness(risk, Freshness.DAY, weights, parts);
                if (risk.getSharedHosting()) {
                    parts.add(weights.scored(
                            Part.SUFFIX_BURST, "one of very many new names at this host within an hour"));
                }
            }
        }
        Prevalence prevalence = novelty.prevalence();
        if (prevalence.isOrdinary()) {
            parts.add(weights.scored(
                    Part.PREVALENT, Prevalence.COUNTED + " hosts or more have used it for a week or longer"));
        }
        return changed(
                risk,
                parts,
                missing,
                risk.getIntel(),
                risk.getOutdated(),
                novelty.firstSeen(),
                prevalence.hosts(),
                weights);
    }

    private static void addFreshness(DomainRisk risk, Freshness freshness, Weights weights, List<ScorePart> parts) {
        if (freshness == Freshness.KNOWN) {
            return;
        }
        int points = weights.points(Part.NEWLY_OBSERVED) * freshness.quarters / 4;
        parts.add(weights.scored(Part.NEWLY_OBSERVED, points, freshness.evidence, weights.version()));
        if (risk.getSharedHosting()) {
            parts.add(weights.scored(Part.NEW_SHARED_TENANT, "new customer of shared hosting"));
        }
    }

    private static DomainRisk changed(
            DomainRisk risk,
            List<ScorePart> parts,
            List<String> missing,
            List<IntelMatch> intel,
            List<String> outdated,
            @Nullable Instant firstSeen,
            @Nullable Integer hosts,
            Weights weights) {
        int score = weights.total(parts);
        return new DomainRisk(
                risk.getUrl(),
                risk.getHost(),
                risk.getTenantKey(),
                risk.getSuffixKind(),
                score,
                RiskBands.of(score),
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
     * True where a URL cannot reach a score, which can be told from most URLs without taking them apart: the host is
     * written plainly, its novelty is of no interest, and all that the path could add is not enough.
     */
    public boolean staysBelow(String url, int score, DomainPolicy policy) {
        String host = UrlParser.plainHost(url);
        if (host == null || lists.rewriters.isRewriter(host) || lists.tenants.isPathShared(host)) {
            return false;
        }
        HostFacts known = factsOf(host, policy);
        DomainRisk plain = known.plain();
        return !awaitsNovelty(plain)
                && plain.getScore() + mostOfPath < score
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
        if (AddressScopes.looksLikeAddress(host)) {
            boolean internal = AddressScopes.isInternal(host);
            var tenant = new Tenant(host, host, "", SuffixKind.ADDRESS, false, false);
            List<ScorePart> parts = internal
                    ? List.of()
                    : List.of(weights.scored(Part.ADDRESS_LITERAL, "an address in place of a name"));
            return facts(host, tenant, parts, internal, false, internal ? List.of() : policy.allowList.matching(host));
        }
        if (InternalNames.covers(host) || policy.ownDomainOf(host) != null) {
            String own = policy.ownDomainOf(host);
            var tenant = new Tenant(own == null ? host : own, host, "", SuffixKind.INTERNAL, false, false);
            return facts(host, tenant, List.of(), true, false, List.of());
        }
        Tenant tenant = lists.tenants.ofName(host);
        boolean popular = lists.popular.contains(tenant.key());
        var hosting = lists.hosting.covering(host);
        boolean shared = tenant.shared() || hosting != null;
        List<ScorePart> parts = new ArrayList<>(4);
        addSuffix(host, tenant, policy, parts);
        if (popular) {
            parts.add(weights.scored(
                    Part.POPULAR, tenant.key() + " is on the list of daily names", lists.popular.version()));
        } else {
            parts.addAll(policy.lookalikes.parts(host, tenant));
            addShape(host, tenant, parts);
        }
        if (lists.shorteners.covering(host) != null) {
            parts.add(weights.scored(
                    Part.SHORTENER, "a link shortener hides where it leads", lists.shorteners.version()));
        }
        if (hosting != null && hosting.kind().part != null) {
            parts.add(weights.scored(
                    hosting.kind().part, hosting.name() + ": " + hosting.kind().evidence, lists.hosting.version()));
        }
        return facts(
                host,
                new Tenant(tenant.key(), tenant.label(), tenant.suffix(), tenant.kind(), shared, tenant.partial()),
                parts,
                false,
                popular,
                policy.allowList.matching(host));
    }

    private HostFacts facts(
            String host,
            Tenant tenant,
            List<ScorePart> parts,
            boolean internal,
            boolean popular,
            List<AllowEntry> allowed) {
        List<ScorePart> kept = List.copyOf(parts);
        DomainRisk plain = judged(host, null, tenant, kept, internal, popular, null);
        return new HostFacts(host, tenant, kept, internal, popular, allowed, plain);
    }

    private DomainRisk risk(
            HostFacts known, @Nullable String url, Tenant tenant, List<ScorePart> parts, @Nullable AllowEntry entry) {
        boolean sameTenant = tenant.key().equals(known.tenant().key());
        return judged(
                known.host(), url, known.shared(tenant), parts, known.internal(), known.popular() && sameTenant, entry);
    }

    private DomainRisk judged(
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
            all.add(weights.scored(Part.ALLOW_LIST, "allowed for " + entry.getScope() + " by " + entry.getOwner()));
        }
        int score = internal ? 0 : weights.total(all);
        return new DomainRisk(
                url,
                host,
                tenant.key(),
                tenant.kind(),
                score,
                RiskBands.of(score),
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

    private void addSuffix(String host, Tenant tenant, DomainPolicy policy, List<ScorePart> parts) {
        String tld = Suffixes.lastLabels(host, 1);
        if (policy.isSuspiciousTld(tld)) {
            parts.add(weights.scored(Part.SUSPICIOUS_TLD, "." + tld + " is on the operator's list", policy.version()));
        }
        switch (tenant.kind()) {
            case ICANN -> {
                TldRisk.Prior prior = lists.tlds.of(tld);
                if (prior != null && prior.points() != 0) {
                    parts.add(weights.scored(Part.TLD, prior.points(), prior.evidence(), lists.tlds.version()));
                }
            }
            case UNLISTED ->
                parts.add(weights.scored(
                        Part.UNLISTED_TLD, "." + tld + " is no public suffix", lists.suffixes.version()));
            case PRIVATE, PATH_TENANT, ADDRESS, INTERNAL -> {}
        }
    }

    private void addShape(String host, Tenant tenant, List<ScorePart> parts) {
        if (tenant.kind() == SuffixKind.ICANN && GeneratedNames.looksGenerated(tenant.label())) {
            parts.add(weights.scored(Part.GENERATED_NAME, tenant.label() + " reads as if made by a machine"));
        }
        if (host.startsWith("xn--") || host.contains(".xn--")) {
            parts.add(weights.scored(Part.PUNYCODE, "a name beyond ASCII"));
        }
        int labels = 1;
        for (int i = 0; i < host.length(); i++) {
            labels += host.charAt(i) == '.' ? 1 : 0;
        }
        if (labels >= MANY_LABELS) {
            parts.add(weights.scored(Part.MANY_LABELS, labels + " labels"));
        }
    }

    private void addSigns(ParsedUrl url, List<ScorePart> parts) {
        for (UrlSign sign : url.signs()) {
            ScorePart part = switch (sign) {
                case USERINFO -> weights.scored(Part.USERINFO, "a user name before the host");
                case MISLEADING_AUTHORITY ->
                    weights.scored(Part.MISLEADING_AUTHORITY, "reads as if it led elsewhere than to " + url.host());
                case ADDRESS_LITERAL -> null;
                case OBFUSCATED_ADDRESS ->
                    weights.scored(Part.OBFUSCATED_ADDRESS, "the address " + url.host() + " in disguise");
                case ODD_PORT ->
                    weights.scored(Part.ODD_PORT, "port " + url.parts().port());
                case ENCODED_HOST -> weights.scored(Part.ENCODED_HOST, "escaped characters in the host");
                case RISKY_EXTENSION -> weights.scored(Part.RISKY_EXTENSION, "leads to a file of a high-risk kind");
                case DOUBLE_EXTENSION -> weights.scored(Part.DOUBLE_EXTENSION, "a file name made to be misread");
                case SUFFIX_LIKE_FILE ->
                    weights.scored(Part.SUFFIX_LIKE_FILE, "the domain itself reads like a file name");
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
        DAY(4, "first seen less than 24 hours before", 24),
        THREE_DAYS(3, "first seen less than 72 hours before", 72),
        WEEK(2, "first seen less than 7 days before", 7 * 24),
        KNOWN(0, "known", Long.MAX_VALUE);

        /** How much of the part's points. */
        final int quarters;

        final String evidence;
        final long hours;

        Freshness(int quarters, String evidence, long hours) {
            this.quarters = quarters;
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

        Tenant shared(Tenant given) {
            return given.shared() || !tenant.shared()
                    ? given
                    : new Tenant(given.key(), given.label(), given.suffix(), given.kind(), true, given.partial());
        }
    }
}
