package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.domain.Novelty;
import io.clicktrail.enricher.domain.NoveltyScorer;
import io.clicktrail.enricher.identity.HostResolution;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RecordCopy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evidence again with what was not known when its event came: host and novelty. */
public final class EvidenceCompletion {

    private EvidenceCompletion() {}

    /** The evidence under the host that held its address or had its user. */
    public static Evidence withHost(Evidence evidence, HostResolution.Known known) {
        return withHost(evidence.getHost(), evidence, known);
    }

    /**
     * The evidence under the host that a key belonged to.
     *
     * @param key the key by which the evidence came, whatever host it has got since
     */
    public static Evidence withHost(String key, Evidence evidence, HostResolution.Known known) {
        RecordCopy<Evidence> copy = RecordCopy.of(evidence)
                .set("host", known.host())
                .set("host_via", via(key))
                .set("other_hosts", known.others());
        if (known.user() != null) {
            copy.set("user", known.user());
        }
        if (evidence.getSharedAddress() == null) {
            copy.set("shared_address", known.shared());
        }
        return copy.build();
    }

    /** Evidence of the same event where other evidence of it went. */
    public static Evidence placedAs(Evidence gone, Evidence evidence) {
        return RecordCopy.of(evidence)
                .set("host", gone.getHost())
                .set("host_via", gone.getHostVia())
                .set("other_hosts", gone.getOtherHosts())
                .set("user", gone.getUser())
                .set("shared_address", gone.getSharedAddress())
                .build();
    }

    private static HostVia via(String key) {
        if (key.startsWith(LeaseClaims.ADDRESS)) {
            return HostVia.ADDRESS_LEASE;
        }
        return key.startsWith(LeaseClaims.USER) ? HostVia.USER_LEASE : HostVia.DIRECT;
    }

    /** The evidence as it waits for the qualified name of its host. */
    public static Evidence waiting(Evidence evidence) {
        return RecordCopy.of(evidence).set("host_via", HostVia.UNRESOLVED).build();
    }

    /** Takes evidence back that has gone on as given, as it goes under another host from now on. */
    public static Evidence movedTo(Evidence gone, String host) {
        return RecordCopy.of(gone).set("moved_to", host).build();
    }

    /** A place that has been known here for long is trusted, unless it is suspicious or hands out its first program. */
    private static boolean isTrusted(DomainRisk domain, CompiledTuning tuning) {
        return domain.getNovelty() == PlaceNovelty.KNOWN
                && !domain.getFirstProgram()
                && domain.getScore() < tuning.document().getDomainRiskScore();
    }

    /** The evidence with the final risk of its domain; null where that leaves it no role. */
    public static @Nullable Evidence withNovelty(Evidence evidence, Novelty novelty, CompiledTuning tuning) {
        DomainRisk pending = evidence.getDomain();
        if (pending == null || evidence.getRoles().isEmpty()) {
            return null;
        }
        DomainRisk domain =
                NoveltyScorer.withNovelty(pending, evidence.getEvent().getTime(), novelty, tuning.domains());
        List<Role> roles = new ArrayList<>(evidence.getRoles());
        boolean isTrusted = isTrusted(domain, tuning);
        if (isTrusted && !domain.getDistributor()) {
            roles.remove(Role.EGRESS);
        }
        if (!isTrusted && domain.getDistributor()) {
            domain = RecordCopy.of(domain).set("distributor", false).build();
        }
        boolean isCommand = roles.contains(Role.EXECUTION) && !roles.contains(Role.CLICK);
        return roles.isEmpty()
                ? null
                : RecordCopy.of(evidence)
                        .set("roles", List.copyOf(roles))
                        .set("domain", isCommand && isTrusted ? null : domain)
                        .set("tuning_version", tuning.document().getVersion())
                        .build();
    }
}
