package io.clicktrail.enricher.domain;

import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.IntelMatch;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.evidence.SuffixKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What indicators add to the risk of a domain: the score is at least their floor. They override the allow-list. */
final class DomainIntel {

    private final IntelLookup intel;
    private final ScoreWeights weights;

    DomainIntel(IntelLookup intel, ScoreWeights weights) {
        this.intel = intel;
        this.weights = weights;
    }

    boolean isEmpty() {
        return intel.isEmpty();
    }

    /** True where the URL of a host must be known to match all indicators. */
    boolean knowsUrlsOf(String host) {
        return intel.knowsUrlsOf(host);
    }

    /** True where any indicator, however old, names the host, what is above it, or a URL on it. */
    boolean mayKnow(String host, String tenantKey) {
        return intel.mayKnow(host, tenantKey);
    }

    /** The risk with these matches; null where they say no more than it says already. */
    @Nullable
    DomainRisk raised(DomainRisk risk, List<IntelMatch> matches) {
        return IntelLookup.floor(matches) > IntelLookup.floor(risk.getIntel()) ? withIntel(risk, matches) : null;
    }

    /** @param url where the URL finally leads; null where it is not known or no indicator is a URL of the host */
    List<IntelMatch> matches(DomainRisk risk, @Nullable ParsedUrl url, Instant time) {
        String host = risk.getHost();
        @Nullable String canonical = url != null && intel.knowsUrlsOf(host) ? url.canonical() : null;
        return intel.ofPlace(canonical, host, risk.getTenantKey(), risk.getSuffixKind() == SuffixKind.ADDRESS, time);
    }

    DomainRisk withIntel(DomainRisk risk, List<IntelMatch> matches) {
        List<String> missing = new ArrayList<>(risk.getMissing());
        missing.remove(DomainRisks.INTEL);
        List<ScorePart> parts = risk.getParts();
        if (!matches.isEmpty()) {
            parts = new ArrayList<>(parts);
            parts.removeIf(part -> ScoreFactor.ofLabel(part.getName()) == ScoreFactor.INTEL);
            for (IntelMatch match : matches) {
                parts.add(
                        weights.scored(ScoreFactor.INTEL, match.getFloor(), inWords(match, risk.getAllowList()), null));
            }
        }
        return DomainRisks.withParts(risk, parts, weights)
                .set("missing", List.copyOf(missing))
                .set("intel", matches)
                .build();
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
}
