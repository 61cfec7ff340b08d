package io.clicktrail.enricher.intel.feed;

import io.clicktrail.enricher.domain.AddressScopes;
import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.domain.DomainScorer;
import io.clicktrail.enricher.domain.UrlOwner;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.intel.AddressBlock;
import io.clicktrail.intel.IndicatorType;
import org.jspecify.annotations.Nullable;

/** Brings what feeds list into the form in which events are looked up, or refuses it with the reason. */
final class CanonicalIndicators {

    /** Larger networks hold too many strangers. */
    private static final int LARGEST_NETWORK = 16;

    private static final int LARGEST_IPV6_NETWORK = 32;
    private static final int IPV4_PREFIX = 96;

    private final DomainScorer scorer;
    private final DomainCatalogue domains;

    CanonicalIndicators(DomainCatalogue domains, UrlParser urls) {
        this.domains = domains;
        this.scorer = new DomainScorer(domains, urls);
    }

    /** A URL itself, and who answers for it, where that is somebody in particular. */
    Naming ofUrl(String text) {
        UrlOwner owned = scorer.ownership(text);
        if (owned == null) {
            return new Refused("'" + shown(text) + "' leads to no host on the web");
        }
        if (owned.internal()) {
            return new Refused("'" + shown(text) + "' leads into the organisation");
        }
        @Nullable Named behind;
        if (owned.address()) {
            behind = new Named(IndicatorType.ADDRESS, owned.tenantKey(), null);
        } else {
            boolean nobodys = owned.partial() || domains.isEverybodys(owned.tenantKey());
            behind = nobodys ? null : new Named(IndicatorType.TENANT_KEY, owned.tenantKey(), null);
        }
        return new Named(IndicatorType.URL, owned.url(), behind);
    }

    /** A name: who answers for it where it is registered as such, else the name with what is below it. */
    Naming ofName(String text) {
        String name = UrlParser.canonicalHost(text.startsWith("*.") ? text.substring(2) : text);
        if (name == null || name.indexOf('.') < 0) {
            return new Refused("'" + shown(text) + "' is no name");
        }
        if (AddressScopes.canonical(name) != null) {
            return ofAddress(name);
        }
        if (domains.isEverybodys(name)) {
            return new Refused(name + " is used by everybody or shared by strangers: list the exact URL");
        }
        boolean registered = domains.tenantOf(name).equals(name);
        return new Named(registered ? IndicatorType.TENANT_KEY : IndicatorType.DOMAIN, name, null);
    }

    /** True for an address, with or without a prefix length. */
    static boolean isAddress(String text) {
        int slash = text.indexOf('/');
        return AddressScopes.canonical(slash < 0 ? text : text.substring(0, slash)) != null;
    }

    Naming ofAddress(String text) {
        int slash = text.indexOf('/');
        String address = AddressScopes.canonical(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return new Refused("'" + shown(text) + "' is no address");
        }
        if (AddressScopes.isInternal(address)) {
            return new Refused(address + " is inside the organisation");
        }
        if (slash < 0) {
            return new Named(IndicatorType.ADDRESS, address, null);
        }
        String value = address + text.substring(slash);
        AddressBlock network = AddressBlock.parse(value);
        if (network == null) {
            return new Refused("'" + shown(text) + "' is no network");
        }
        boolean isIpv4 = address.indexOf(':') < 0;
        int length = isIpv4 ? network.length() - IPV4_PREFIX : network.length();
        return length < (isIpv4 ? LARGEST_NETWORK : LARGEST_IPV6_NETWORK)
                ? new Refused(value + " is too large a network")
                : new Named(IndicatorType.NETWORK, value, null);
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** What an entry came to. */
    sealed interface Naming {}

    /** @param behind who answers for it, as the weaker second indicator */
    record Named(IndicatorType type, String value, @Nullable Named behind) implements Naming {}

    record Refused(String reason) implements Naming {}
}
