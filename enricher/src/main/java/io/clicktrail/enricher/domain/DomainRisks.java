package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.schemas.RecordCopy;
import io.clicktrail.schemas.RiskBands;
import io.clicktrail.tuning.AllowEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The risk of a domain as the sum of its parts. */
final class DomainRisks {

    /** In {@code missing}: the first-seen store has not been asked yet. */
    static final String NEWLY_OBSERVED = "newly_observed";

    /** In {@code missing}: the first-seen store still learns what is ordinary. */
    static final String LEARNING = "newly_observed: learning";

    /** In {@code missing}: there are no indicators. */
    static final String INTEL = "intel";

    /** In {@code missing}: the tenant is in a part of the URL that was not seen. */
    static final String TENANT_PATH = "tenant_path";

    private DomainRisks() {}

    /**
     * The risk of a host or URL.
     *
     * @param url as given; null where only the host was seen
     * @param entry allow-list entry in force; null where there is none
     */
    static DomainRisk of(
            HostFacts facts,
            @Nullable String url,
            Tenant tenant,
            List<ScorePart> parts,
            @Nullable AllowEntry entry,
            ScoreWeights weights) {
        List<ScorePart> all = parts;
        if (entry != null) {
            all = new ArrayList<>(parts);
            all.add(weights.scored(
                    ScoreFactor.ALLOW_LIST, "allowed for " + entry.getScope() + " by " + entry.getOwner()));
        }
        boolean popular = parts.stream().anyMatch(part -> ScoreFactor.ofLabel(part.getName()) == ScoreFactor.POPULAR);
        int score = facts.internal() ? 0 : weights.total(all);
        return DomainRisk.newBuilder()
                .setUrl(url)
                .setTargetUrl(null)
                .setHost(facts.host())
                .setTenantKey(tenant.key())
                .setSuffixKind(tenant.kind())
                .setScore(score)
                .setBand(RiskBands.of(score))
                .setParts(List.copyOf(all))
                .setMissing(facts.internal() ? List.of() : missing(tenant, popular, entry))
                .setAllowList(entry == null ? null : entry.getPattern() + ": " + entry.getReason())
                .setFirstSeen(null)
                .setNovelty(PlaceNovelty.NOT_ASKED)
                .setFirstProgram(false)
                .setDistributor(false)
                .setVendor(null)
                .setSharedHosting(tenant.shared() || facts.tenant().shared())
                .setInternal(facts.internal())
                .setIntel(List.of())
                .setOutdated(List.of())
                .setHosts(null)
                .setHistory(List.of())
                .build();
    }

    /** The risk with other parts, and the score and band that follow from them. */
    static RecordCopy<DomainRisk> withParts(DomainRisk risk, List<ScorePart> parts, ScoreWeights weights) {
        int score = weights.total(parts);
        return RecordCopy.of(risk)
                .set("parts", List.copyOf(parts))
                .set("score", score)
                .set("band", RiskBands.of(score));
    }

    private static List<String> missing(Tenant tenant, boolean popular, @Nullable AllowEntry entry) {
        if (tenant.partial()) {
            return List.of(INTEL, TENANT_PATH);
        }
        return !popular && entry == null ? List.of(INTEL, NEWLY_OBSERVED) : List.of(INTEL);
    }
}
