package io.clicktrail.alerter.response;

import io.clicktrail.alert.ActionTarget;
import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Approval;
import io.clicktrail.alert.BlastRadius;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.Rollback;
import io.clicktrail.alert.Specifier;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.File;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.evidence.SuffixKind;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Actions that block: at proxy, name server and firewall. */
final class BlockActions {

    private static final int MAX_LINKS = 3;

    private BlockActions() {}

    static void links(Chain chain, Response.Plan plan) {
        DomainRisk domain = chain.domain();
        Set<String> links = new LinkedHashSet<>();
        for (Stage stage : List.of(Stage.WRITE, Stage.EGRESS, Stage.CLICK)) {
            chain.at(stage).forEach(evidence -> collect(chain, evidence, links));
        }
        if (domain == null || links.isEmpty()) {
            plan.withhold("Block the link at the proxy", "no log has a full link of this chain");
            return;
        }
        String reason = BlockingSafeguards.againstUrl(domain);
        if (reason != null) {
            plan.withhold("Block the link at the proxy", reason);
            return;
        }
        links.stream().limit(MAX_LINKS).forEach(link -> plan.recommend(block(chain, domain, link)));
        if (BlockingSafeguards.isTenant(domain)) {
            plan.recommend(blockTenant(chain, domain));
        }
    }

    static void domain(Chain chain, Response.Plan plan) {
        DomainRisk domain = chain.domain();
        if (domain == null) {
            plan.withhold("Block the domain", "no domain was scored in this chain");
            return;
        }
        String title = "Block the domain " + domain.getTenantKey() + " at name server and proxy";
        String reason = BlockingSafeguards.againstDomain(domain);
        if (reason == null && chain.firstRun() == null && domain.getBand().compareTo(RiskBand.HIGH) < 0) {
            reason = "its score of " + domain.getScore()
                    + " is too low as long as no code ran; blocking the link is enough";
        }
        if (reason == null && chain.isCut(domain.getTenantKey())) {
            reason = "its name was cut";
        }
        if (reason != null) {
            plan.withhold(title, reason);
            return;
        }
        plan.recommend(blocking(ActionTarget.DOMAIN_NAME, domain.getTenantKey())
                .setTitle(title)
                .setActuator("dns")
                .setRationale("Score " + domain.getScore() + " of 100, and the chain led there.")
                .setPreconditions(List.of("nobody uses the domain for business"))
                .setApproval(Approval.ONE_CLICK));
    }

    static void address(Chain chain, Response.Plan plan) {
        DomainRisk domain = chain.domain();
        if (domain == null || domain.getSuffixKind() != SuffixKind.ADDRESS) {
            plan.withhold(
                    "Block the address behind the name",
                    "other sites may use the same address; block the name instead");
            return;
        }
        String ip = domain.getHost();
        String reason = BlockingSafeguards.againstAddress(ip);
        if (reason == null) {
            reason = BlockingSafeguards.againstUrl(domain);
        }
        if (reason != null) {
            plan.withhold("Block the address " + ip, reason);
            return;
        }
        Integer port = port(chain, ip);
        boolean six = ip.indexOf(':') >= 0;
        plan.recommend(blocking(six ? ActionTarget.IPV6_CONNECTION : ActionTarget.IPV4_CONNECTION, ip)
                .setTitle("Block the address " + ip + (port == null ? "" : " port " + port) + " for a day")
                .setTargetSpecifiers(
                        port == null
                                ? List.of(new Specifier("dst_addr", ip))
                                : List.of(new Specifier("dst_addr", ip), new Specifier("dst_port", port.toString())))
                .setDurationSeconds(Duration.ofHours(24).toSeconds())
                .setActuator("firewall")
                .setRationale("The chain used the address without a name.")
                .setPreconditions(List.of("the address does not belong to a content network or a partner"))
                .setApproval(Approval.ONE_CLICK));
    }

    /** In a sandbox. This can use up a link that works once, and shows the recipient where the link has an address. */
    static void detonate(Chain chain, Response.Plan plan) {
        DomainRisk domain = chain.domain();
        Set<String> links = new LinkedHashSet<>();
        for (Stage stage : List.of(Stage.WRITE, Stage.EGRESS, Stage.CLICK)) {
            chain.at(stage).forEach(evidence -> collect(chain, evidence, links));
        }
        if (domain == null || links.isEmpty()) {
            plan.withhold("Open the link in a sandbox", "no log has a full link of this chain");
            return;
        }
        String reason = BlockingSafeguards.againstUrl(domain);
        if (reason != null) {
            plan.withhold("Open the link in a sandbox", reason);
            return;
        }
        String link = links.iterator().next();
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Open the link " + link + " in a sandbox")
                .setVerb(ActionVerb.DETONATE)
                .setTargetType(ActionTarget.URI)
                .setTarget(link)
                .setActuator("sandbox")
                .setRationale("Shows what the site delivers now.")
                .setPreconditions(List.of(
                        "the sandbox is your own, or the TLP allows sharing the case",
                        "nobody needs the link any more, as it may work only once and may name its recipient"))
                .setApproval(Approval.ONE_CLICK)
                .setBlastRadius(BlastRadius.SINGLE_FILE)
                .setReversible(true)
                .setCacaoActivity("identify-indicators")
                .setD3fendTactic("Detect"));
    }

    private static RecommendedAction.Builder block(Chain chain, DomainRisk domain, String link) {
        return blocking(ActionTarget.URI, link)
                .setTitle("Block the link " + link)
                .setActuator("proxy")
                .setRationale(
                        "The chain used exactly this link; its domain has a score of " + domain.getScore() + " of 100.")
                .setPreconditions(List.of("the proxy sees the full link (TLS inspection) or blocks by host"))
                .setApproval(chain.knownBad() ? Approval.AUTO_OK : Approval.ONE_CLICK);
    }

    private static RecommendedAction.Builder blockTenant(Chain chain, DomainRisk domain) {
        String prefix = "https://" + domain.getTenantKey() + "/";
        return blocking(ActionTarget.URI, prefix)
                .setTitle("Block all links of the tenant " + prefix)
                .setActuator("proxy")
                .setRationale("The site is on shared hosting: its tenant can be blocked, the whole domain must not.")
                .setPreconditions(List.of("the proxy matches links by prefix"))
                .setApproval(Approval.ONE_CLICK);
    }

    private static RecommendedAction.Builder blocking(ActionTarget type, String target) {
        return RecommendedAction.newBuilder()
                .setVerb(ActionVerb.DENY)
                .setTargetType(type)
                .setTarget(target)
                .setBlastRadius(BlastRadius.ORG)
                .setReversible(true)
                .setRollback(new Rollback(ActionVerb.ALLOW, type, target))
                .setCacaoActivity("restrict-access")
                .setD3fendTactic("Isolate");
    }

    private static void collect(Chain chain, Evidence evidence, Set<String> links) {
        DomainRisk risk = evidence.getDomain();
        if (risk == null || !risk.getTenantKey().equals(chain.head().getTenantKey())) {
            return;
        }
        File file = evidence.getEvent().getFile();
        add(
                chain,
                risk,
                evidence.getEvent().getUrl() == null
                        ? null
                        : evidence.getEvent().getUrl().getOriginal(),
                links);
        add(chain, risk, file == null ? null : file.getOriginUrl(), links);
        add(chain, risk, risk.getUrl(), links);
    }

    /** A link counts where it was scored itself or leads to the host that was scored. */
    private static void add(Chain chain, DomainRisk risk, @Nullable String link, Set<String> links) {
        if (link == null || chain.isCut(link) || link.indexOf("://") < 0 || link.contains("{U+")) {
            return;
        }
        if (link.equals(risk.getUrl()) || risk.getHost().equals(EvidenceFields.linkHost(link))) {
            links.add(link);
        }
    }

    private static @Nullable Integer port(Chain chain, String ip) {
        for (Evidence contact : chain.at(Stage.EGRESS)) {
            Endpoint to = contact.getEvent().getDestination();
            if (to != null && ip.equals(to.getIp())) {
                return to.getPort();
            }
        }
        return null;
    }
}
