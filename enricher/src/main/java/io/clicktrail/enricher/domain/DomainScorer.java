package io.clicktrail.enricher.domain;

import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.schemas.RecordCopy;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores the risk of domains, 0 to 100, as a sum of named parts: what is known of the host, what is odd about the URL,
 * what indicators say. How new the domain is comes later, from {@link NoveltyScorer}.
 *
 * <p>The same input under the same lists gives the same score. What depends on the host alone is cached, so an instance
 * belongs to one thread.
 */
public final class DomainScorer {

    private static final String OUTDATED_LIST =
            "; the list is older than " + DomainCatalogue.OUTDATED.toDays() + " days";

    private final DomainCatalogue lists;
    private final ScoreWeights weights;
    private final int mostOfPath;
    private final UrlParser urls;
    private final HostFactsLookup hosts;
    private final DomainIntel intel;
    private final HistoryScorer history;
    private final AllowListListener allowList;

    public DomainScorer(
            DomainCatalogue lists,
            UrlParser urls,
            IntelLookup intel,
            DomainHistoryTable history,
            AllowListListener allowList) {
        this.lists = lists;
        this.weights = lists.weights;
        this.mostOfPath = UrlSigns.mostOfPath(weights);
        this.urls = urls;
        this.hosts = new HostFactsLookup(lists);
        this.intel = new DomainIntel(intel, weights);
        this.history = new HistoryScorer(history, weights);
        this.allowList = allowList;
    }

    /** A scorer without intel and histories. */
    public DomainScorer(DomainCatalogue lists, UrlParser urls) {
        this(
                lists,
                urls,
                new IntelLookup(new IntelTable(1), lists.intelWeight()),
                new DomainHistoryTable(1),
                AllowListListener.NONE);
    }

    /** Scores a URL by where it finally leads; null where it leads to no host on the web. */
    public @Nullable DomainRisk url(String url, Instant time, DomainPolicy policy) {
        UnwrappedUrl unwrapped = UnwrappedUrl.of(url, urls, lists.rewriters);
        if (unwrapped == null) {
            return null;
        }
        ParsedUrl target = unwrapped.target();
        HostFacts facts = hosts.of(target.host(), policy).facts();
        if (facts.internal()) {
            return DomainRisks.of(facts, url, facts.tenant(), List.of(), null, weights);
        }
        Tenant tenant = facts.tenant().kind() == SuffixKind.ADDRESS ? facts.tenant() : lists.tenants.ofUrl(target);
        List<ScorePart> parts = new ArrayList<>(facts.parts());
        if (!tenant.key().equals(facts.tenant().key())) {
            parts.removeIf(part -> ScoreFactor.ofLabel(part.getName()) == ScoreFactor.POPULAR);
            if (lists.popular.contains(tenant.key())) {
                parts.add(hosts.popular(tenant));
            }
        }
        UrlSigns.add(target, weights, parts);
        if (unwrapped.wrapper() != null) {
            parts.add(weights.scored(ScoreFactor.REWRITER, "unwrapped from " + unwrapped.wrapper()));
        }
        DomainRisk risk = DomainRisks.of(facts, url, tenant, parts, inForce(facts, time), weights);
        return asOf(
                time,
                unwrapped.wrapper() == null
                        ? risk
                        : RecordCopy.of(risk)
                                .set("target_url", target.canonical())
                                .build(),
                target);
    }

    /** Where a URL leads and who answers for it; null where it leads to no host on the web. */
    public @Nullable UrlOwner ownership(String url) {
        UnwrappedUrl unwrapped = UnwrappedUrl.of(url, urls, lists.rewriters);
        if (unwrapped == null) {
            return null;
        }
        ParsedUrl target = unwrapped.target();
        String host = target.host();
        if (target.address()) {
            return new UrlOwner(target.canonical(), host, true, false, AddressScopes.isInternal(host));
        }
        Tenant tenant = lists.tenants.ofUrl(target);
        return new UrlOwner(target.canonical(), tenant.key(), false, tenant.partial(), InternalNames.covers(host));
    }

    /** Scores a host name or address that was seen without a URL; null where the text is neither. */
    public @Nullable DomainRisk host(String host, Instant time, DomainPolicy policy) {
        HostFactsLookup.Known known = hosts.ofText(host, policy);
        if (known == null) {
            return null;
        }
        HostFacts facts = known.facts();
        AllowEntry entry = inForce(facts, time);
        return asOf(
                time,
                entry == null
                        ? known.plain()
                        : DomainRisks.of(facts, null, facts.tenant(), facts.parts(), entry, weights),
                null);
    }

    /**
     * The risk with what intel says by now; null where that is no more than it said before.
     *
     * @param time time of the event
     */
    public @Nullable DomainRisk raised(DomainRisk risk, Instant time) {
        if (risk.getInternal() || intel.isEmpty()) {
            return null;
        }
        @Nullable String url = risk.getUrl();
        @Nullable
        UnwrappedUrl unwrapped =
                url == null || !intel.knowsUrlsOf(risk.getHost()) ? null : UnwrappedUrl.of(url, urls, lists.rewriters);
        return intel.raised(risk, intel.matches(risk, unwrapped == null ? null : unwrapped.target(), time));
    }

    private @Nullable AllowEntry inForce(HostFacts facts, Instant time) {
        AllowEntry entry = AllowList.inForce(facts.allowed(), time);
        if (entry != null) {
            allowList.applied(entry);
        }
        return entry;
    }

    /** Adds what depends on the time: the domain's past, intel, and which lists were old by then. */
    private DomainRisk asOf(Instant time, DomainRisk timeless, @Nullable ParsedUrl url) {
        if (timeless.getInternal()) {
            return timeless;
        }
        DomainRisk risk = history.withHistory(timeless, time);
        List<String> outdated = lists.outdated(risk.getParts(), time);
        DomainRisk dated = outdated.isEmpty()
                ? risk
                : DomainRisks.withParts(risk, warned(risk.getParts(), time), weights)
                        .set("outdated", outdated)
                        .build();
        return intel.isEmpty() ? dated : intel.withIntel(dated, intel.matches(risk, url, time));
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

    /** The scope of the allow-list entry that holds for a host; null where none does or intel overrides it. */
    public @Nullable AllowScope allowScope(DomainRisk risk, Instant time, DomainPolicy policy) {
        if (risk.getAllowList() == null || !risk.getIntel().isEmpty()) {
            return null;
        }
        AllowEntry entry =
                AllowList.inForce(hosts.of(risk.getHost(), policy).facts().allowed(), time);
        return entry == null ? null : entry.getScope();
    }

    /**
     * True where a URL cannot reach a score, which is clear for most URLs without parsing them: the host is
     * written plainly, its novelty is of no interest, and all that the path could add is not enough.
     */
    public boolean staysBelow(String url, int score, DomainPolicy policy) {
        String host = UrlParser.plainHost(url);
        if (host == null || lists.rewriters.isRewriter(host) || lists.tenants.isPathShared(host)) {
            return false;
        }
        HostFactsLookup.Known known = hosts.of(host, policy);
        DomainRisk plain = known.plain();
        return !NoveltyScorer.awaitsNovelty(plain)
                && plain.getScore() + mostOfPath < score
                && known.facts().allowed().isEmpty()
                && !history.mayKnow(plain.getTenantKey())
                && !intel.mayKnow(host, plain.getTenantKey());
    }
}
