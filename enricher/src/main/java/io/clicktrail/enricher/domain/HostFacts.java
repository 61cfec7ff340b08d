package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.ScorePart;
import io.clicktrail.tuning.AllowEntry;
import java.util.List;

/**
 * The part of a domain's risk that depends on the host alone and holds for every URL on it, so that it can be cached.
 *
 * @param host lower-case ASCII name or canonical address
 * @param parts parts of the score that hold for every URL of the host
 * @param internal true inside the organisation
 * @param allowed allow-list entries that match, whether they have ended or not
 */
record HostFacts(String host, Tenant tenant, List<ScorePart> parts, boolean internal, List<AllowEntry> allowed) {

    HostFacts {
        parts = List.copyOf(parts);
        allowed = List.copyOf(allowed);
    }
}
