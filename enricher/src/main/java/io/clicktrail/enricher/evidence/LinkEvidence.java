package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A link that a mail gateway, agent or browser saw somebody open: a click. */
final class LinkEvidence {

    private LinkEvidence() {}

    static @Nullable Evidence ofOpen(EventContext context) {
        @Nullable
        DomainRisk domain = context.event().getUrl() == null
                ? null
                : context.risk(context.event().getUrl().getOriginal());
        if (domain == null) {
            return null;
        }
        return context.isSuspectClick(domain) && !isDetonation(context)
                ? context.evidence(List.of(Role.CLICK), context.withProgram(domain), null, context.processRisk())
                : context.observation(domain);
    }

    /** Gateways open the links of mails by themselves; else every link would count as clicked. */
    private static boolean isDetonation(EventContext context) {
        return SharedAddresses.DETONATOR.equals(context.sharedAddress());
    }
}
