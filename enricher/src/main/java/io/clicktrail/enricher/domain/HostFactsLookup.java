package io.clicktrail.enricher.domain;

import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.evidence.SuffixKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the lists and a tuning say about a host, whatever URL and time: tenant, popularity, imitation of brands, shape
 * of the name, kind of hosting. The same host is asked about all day, so the answers are cached: {@value #MAX_HOSTS}
 * hosts for each of {@value #MAX_POLICIES} tunings, the least recently used go first. Not safe for several threads.
 */
final class HostFactsLookup {

    private static final int MANY_LABELS = 5;
    private static final int MAX_HOSTS = 20_000;
    private static final int MAX_POLICIES = 8;

    private final DomainCatalogue lists;
    private final ScoreWeights weights;
    private final LruCache<DomainPolicy, LruCache<String, Known>> known = new LruCache<>(MAX_POLICIES);

    HostFactsLookup(DomainCatalogue lists) {
        this.lists = lists;
        this.weights = lists.weights;
    }

    /** What is known of a host in canonical form. */
    Known of(String host, DomainPolicy policy) {
        LruCache<String, Known> hosts = cache(policy);
        Known cached = hosts.get(host);
        if (cached == null) {
            HostFacts facts = gather(host, policy);
            cached = new Known(facts, DomainRisks.of(facts, null, facts.tenant(), facts.parts(), null, weights));
            hosts.put(host, cached);
        }
        return cached;
    }

    /** What is known of a host as a log writes it; null where the text is neither a name nor an address. */
    @Nullable
    Known ofText(String text, DomainPolicy policy) {
        Known cached = cache(policy).get(text);
        if (cached != null) {
            return cached;
        }
        String canonical = UrlParser.canonicalHost(text);
        return canonical == null ? null : of(canonical, policy);
    }

    private LruCache<String, Known> cache(DomainPolicy policy) {
        LruCache<String, Known> hosts = known.get(policy);
        if (hosts == null) {
            hosts = new LruCache<>(MAX_HOSTS);
            known.put(policy, hosts);
        }
        return hosts;
    }

    private HostFacts gather(String host, DomainPolicy policy) {
        if (AddressScopes.looksLikeAddress(host)) {
            boolean internal = AddressScopes.isInternal(host);
            var tenant = new Tenant(host, host, "", SuffixKind.ADDRESS, false, false);
            List<ScorePart> parts = internal
                    ? List.of()
                    : List.of(weights.scored(ScoreFactor.ADDRESS_LITERAL, "an address in place of a name"));
            return new HostFacts(host, tenant, parts, internal, internal ? List.of() : policy.allowList.matching(host));
        }
        if (InternalNames.covers(host) || policy.ownDomainOf(host) != null) {
            String own = policy.ownDomainOf(host);
            var tenant = new Tenant(own == null ? host : own, host, "", SuffixKind.INTERNAL, false, false);
            return new HostFacts(host, tenant, List.of(), true, List.of());
        }
        Tenant tenant = lists.tenants.ofName(host);
        boolean popular = lists.popular.contains(tenant.key());
        var hosting = lists.hosting.covering(host);
        boolean shared = tenant.shared() || hosting != null;
        List<ScorePart> parts = new ArrayList<>(4);
        addSuffix(host, tenant, policy, parts);
        if (popular) {
            parts.add(popular(tenant));
        } else {
            parts.addAll(policy.lookalikes.parts(host, tenant));
            addShape(host, tenant, parts);
        }
        if (lists.shorteners.covering(host) != null) {
            parts.add(weights.scored(
                    ScoreFactor.SHORTENER, "a link shortener hides where it leads", lists.shorteners.version()));
        }
        if (hosting != null && hosting.kind().part != null) {
            parts.add(weights.scored(
                    hosting.kind().part, hosting.name() + ": " + hosting.kind().evidence, lists.hosting.version()));
        }
        return new HostFacts(
                host,
                new Tenant(tenant.key(), tenant.label(), tenant.suffix(), tenant.kind(), shared, tenant.partial()),
                parts,
                false,
                policy.allowList.matching(host));
    }

    /** The part of a tenant on the list of daily names. */
    ScorePart popular(Tenant tenant) {
        return weights.scored(
                ScoreFactor.POPULAR, tenant.key() + " is on the list of daily names", lists.popular.version());
    }

    private void addSuffix(String host, Tenant tenant, DomainPolicy policy, List<ScorePart> parts) {
        String tld = Suffixes.lastLabels(host, 1);
        if (policy.isSuspiciousTld(tld)) {
            parts.add(weights.scored(
                    ScoreFactor.SUSPICIOUS_TLD, "." + tld + " is on the operator's list", policy.version()));
        }
        switch (tenant.kind()) {
            case ICANN -> {
                TldRisk.Prior prior = lists.tlds.of(tld);
                if (prior != null && prior.points() != 0) {
                    parts.add(weights.scored(ScoreFactor.TLD, prior.points(), prior.evidence(), lists.tlds.version()));
                }
            }
            case UNLISTED ->
                parts.add(weights.scored(
                        ScoreFactor.UNLISTED_TLD, "." + tld + " is no public suffix", lists.suffixes.version()));
            case PRIVATE, PATH_TENANT, ADDRESS, INTERNAL -> {}
        }
    }

    private void addShape(String host, Tenant tenant, List<ScorePart> parts) {
        if (tenant.kind() == SuffixKind.ICANN && GeneratedNames.looksGenerated(tenant.label())) {
            parts.add(weights.scored(ScoreFactor.GENERATED_NAME, tenant.label() + " reads as if made by a machine"));
        }
        if (host.startsWith("xn--") || host.contains(".xn--")) {
            parts.add(weights.scored(ScoreFactor.PUNYCODE, "a name beyond ASCII"));
        }
        int labels = 1;
        for (int i = 0; i < host.length(); i++) {
            labels += host.charAt(i) == '.' ? 1 : 0;
        }
        if (labels >= MANY_LABELS) {
            parts.add(weights.scored(ScoreFactor.MANY_LABELS, labels + " labels"));
        }
    }

    /** @param plain the risk of the bare host without an allow-list entry in force */
    record Known(HostFacts facts, DomainRisk plain) {}
}
