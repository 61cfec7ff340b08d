package io.clicktrail.alerter.response;

import crawlercommons.domains.EffectiveTldFinder;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.SuffixKind;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What must never be blocked, whatever its score. Each method returns the reason, or null where blocking is allowed.
 */
public final class BlockingSafeguards {

    private BlockingSafeguards() {}

    /** Why the whole domain must not be blocked. */
    public static @Nullable String againstDomain(DomainRisk domain) {
        if (domain.getInternal() || domain.getSuffixKind() == SuffixKind.INTERNAL) {
            return "the name is inside the organisation";
        }
        if (domain.getAllowList() != null) {
            return "an allow-list entry applies";
        }
        if (domain.getSharedHosting() || domain.getSuffixKind() == SuffixKind.PATH_TENANT) {
            return "the domain is shared with others; block the tenant's links instead";
        }
        if (domain.getSuffixKind() == SuffixKind.ADDRESS || isAddress(domain.getTenantKey())) {
            return "it is an address, not a domain";
        }
        if (isPublicSuffix(domain.getTenantKey())) {
            return "the name is a public suffix";
        }
        if (domain.getSuffixKind() == SuffixKind.UNLISTED) {
            return "the name has no public suffix and may be internal";
        }
        return null;
    }

    /** Why links to this domain must not be blocked. */
    static @Nullable String againstUrl(DomainRisk domain) {
        if (domain.getInternal() || domain.getSuffixKind() == SuffixKind.INTERNAL) {
            return "the link leads into the organisation";
        }
        if (domain.getSuffixKind() == SuffixKind.ADDRESS && againstAddress(domain.getHost()) != null) {
            return "the link leads to a private or special address";
        }
        return domain.getAllowList() == null ? null : "an allow-list entry applies";
    }

    /**
     * True where the tenant key names one customer of a shared host, so that its links can be blocked without the
     * others'.
     */
    static boolean isTenant(DomainRisk domain) {
        return switch (domain.getSuffixKind()) {
            case PATH_TENANT -> domain.getTenantKey().indexOf('/') > 0;
            case PRIVATE -> domain.getSharedHosting() && !isPublicSuffix(domain.getTenantKey());
            case ICANN, ADDRESS, UNLISTED, INTERNAL -> false;
        };
    }

    /** Why an address must not be blocked: private, special, or no address at all. */
    static @Nullable String againstAddress(String address) {
        if (!isAddress(address)) {
            return "it is not an address";
        }
        InetAddress ip = InetAddress.ofLiteral(unbracketed(address));
        byte[] bytes = ip.getAddress();
        boolean special = ip.isAnyLocalAddress()
                || ip.isLoopbackAddress()
                || ip.isLinkLocalAddress()
                || ip.isSiteLocalAddress()
                || ip.isMulticastAddress();
        if (ip instanceof Inet4Address) {
            int first = bytes[0] & 0xFF;
            int second = bytes[1] & 0xFF;
            // RFC 6890: this network, carrier-grade NAT, reserved and broadcast.
            special |= first == 0 || (first == 100 && (second & 0xC0) == 64) || first >= 240;
        } else {
            // RFC 4193: unique local addresses.
            special |= (bytes[0] & 0xFE) == 0xFC;
        }
        return special ? "the address is private or special" : null;
    }

    /** True for an IPv4 or IPv6 literal. */
    static boolean isAddress(String text) {
        String bare = unbracketed(text);
        if (bare.isEmpty() || bare.length() > 45) {
            return false;
        }
        for (int at = 0; at < bare.length(); at++) {
            char c = bare.charAt(at);
            if (!(c == '.' || c == ':' || Character.digit(c, 16) >= 0 && c < 0x80)) {
                return false;
            }
        }
        if (bare.indexOf(':') < 0 && !dottedQuad(bare)) {
            return false;
        }
        try {
            InetAddress.ofLiteral(bare);
            return true;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static boolean dottedQuad(String text) {
        int dots = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3;
    }

    private static boolean isPublicSuffix(String name) {
        return EffectiveTldFinder.getAssignedDomain(name, true, false) == null;
    }

    private static String unbracketed(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
