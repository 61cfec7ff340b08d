package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.domain.DomainPolicy;
import io.clicktrail.enricher.domain.DomainScorer;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.Network;
import io.clicktrail.event.Url;
import io.clicktrail.evidence.DomainRisk;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where an outgoing event went: the URL, else the name that was asked for, else the bare address. */
final class EgressTarget {

    private static final String INGRESS = "ingress";
    private static final String NAME_UNKNOWN = "NXDOMAIN";

    /**
     * Sysmon event 3 fills DestinationHostname by reverse look-up (Microsoft, Sysmon): the name that the owner of the
     * address chose, not the one that was asked for.
     */
    private static final String REVERSE_NAMES = "sysmon";

    private EgressTarget() {}

    /**
     * The risk of the target; null where the event is not outgoing, names no target, or names one that cannot reach the
     * score from which egress counts.
     */
    static @Nullable DomainRisk of(EventContext context, int score) {
        Event event = context.event();
        DomainScorer domains = context.domains();
        DomainPolicy policy = context.tuning().domains();
        @Nullable Network network = event.getNetwork();
        if (network != null && INGRESS.equals(network.getDirection())) {
            return null;
        }
        Instant time = event.getTime();
        @Nullable Dns dns = event.getDns();
        if (dns != null) {
            return NAME_UNKNOWN.equals(dns.getResponseCode())
                    ? null
                    : domains.host(dns.getQuestionName(), time, policy);
        }
        @Nullable Url url = event.getUrl();
        if (url != null && domains.staysBelow(url.getOriginal(), score, policy)) {
            return null;
        }
        @Nullable DomainRisk byUrl = url == null ? null : domains.url(url.getOriginal(), time, policy);
        if (byUrl != null) {
            return byUrl;
        }
        @Nullable Endpoint destination = event.getDestination();
        @Nullable
        String name = destination == null || event.getSource().getDataset().contains(REVERSE_NAMES)
                ? null
                : destination.getDomain();
        if (name == null && url != null) {
            name = ofConnect(url.getOriginal());
        }
        if (name == null && destination != null) {
            name = destination.getIp();
        }
        return name == null ? null : domains.host(name, time, policy);
    }

    /** The host of the {@code host:port} that a proxy logs for CONNECT; null where the text is none. */
    private static @Nullable String ofConnect(String text) {
        int colon = text.lastIndexOf(':');
        return colon > 0 && text.indexOf('/') < 0 ? text.substring(0, colon) : null;
    }
}
