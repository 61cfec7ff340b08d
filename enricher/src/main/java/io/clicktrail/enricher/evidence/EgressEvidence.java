package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.click.MailSites;
import io.clicktrail.enricher.domain.DistributionHosts;
import io.clicktrail.enricher.domain.NoveltyScorer;
import io.clicktrail.event.Event;
import io.clicktrail.event.Http;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RecordCopy;
import io.clicktrail.tuning.AllowScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection, DNS query or web request: egress where its target is not trusted, a click where a webmail page leads
 * there. What the first-seen store then has known for long is no egress after all. A connection to a trusted place that
 * hands out programs is evidence too: of where a file may be from instead. A look-up alone is none, as browsers look up
 * what a page links to.
 */
final class EgressEvidence {

    private final MailSites mailSites;

    EgressEvidence(MailSites mailSites) {
        this.mailSites = mailSites;
    }

    @Nullable
    Evidence of(EventContext context) {
        int riskyFrom = context.tuning().document().getDomainRiskScore();
        @Nullable DomainRisk domain = EgressTarget.of(context, riskyFrom);
        if (domain == null || domain.getInternal()) {
            return null;
        }
        boolean risky = NoveltyScorer.greatestScore(domain, context.tuning().domains()) >= riskyFrom;
        boolean awaitsNovelty = NoveltyScorer.awaitsNovelty(domain);
        boolean isUntrusted = (risky || awaitsNovelty) && !isAllowedEgress(context.allowScope(domain));
        boolean isFetch = context.event().getDns() == null;
        @Nullable String vendor = isFetch ? context.tuning().vendors().ofHost(domain.getHost()) : null;
        boolean handsOutAny = isFetch && DistributionHosts.covers(domain.getHost());
        boolean isDistributor = isUntrusted == awaitsNovelty && (handsOutAny || vendor != null);
        List<Role> roles = new ArrayList<>(2);
        if (isClickInMail(context.event(), risky) && context.isSuspectClick(domain)) {
            roles.add(Role.CLICK);
        }
        if (isUntrusted || isDistributor) {
            roles.add(Role.EGRESS);
        }
        if (roles.isEmpty()) {
            return context.observation(domain);
        }
        DomainRisk place = isDistributor ? distributor(domain, handsOutAny ? null : vendor) : domain;
        Evidence evidence = context.evidence(roles, context.withProgram(place), null, context.processRisk());
        return roles.contains(Role.CLICK) ? EventContext.weak(evidence) : evidence;
    }

    /**
     * A request that a page of a mail site refers to. To harmless sites only pages and redirects count, as mails embed
     * images and scripts.
     */
    private boolean isClickInMail(Event event, boolean risky) {
        @Nullable Http http = event.getHttp();
        @Nullable String referrer = http == null ? null : http.getReferrer();
        if (http == null || referrer == null || event.getUrl() == null || !mailSites.wrote(referrer)) {
            return false;
        }
        @Nullable Integer status = http.getStatusCode();
        @Nullable String type = http.getMimeType();
        boolean isPage = status != null && status / 100 == 3 || type != null && type.startsWith("text/html");
        return (risky || isPage) && !mailSites.wrote(event.getUrl().getOriginal());
    }

    /** @param vendor whose files alone the place hands out; null where it may hand out any */
    private static DomainRisk distributor(DomainRisk domain, @Nullable String vendor) {
        return RecordCopy.of(domain)
                .set("distributor", true)
                .set("vendor", vendor)
                .build();
    }

    private static boolean isAllowedEgress(@Nullable AllowScope scope) {
        return scope == AllowScope.EGRESS_STAGE || scope == AllowScope.WHOLE_CHAIN;
    }
}
