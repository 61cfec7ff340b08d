package io.clicktrail.enricher.domain;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import org.jspecify.annotations.Nullable;

/** Internet addresses as text: every form that a browser takes for an address, and which of them are internal. */
public final class AddressScopes {

    /** Longest text that is read as an address. */
    private static final int MAX_LENGTH = 128;

    /**
     * Numbers in any base and one to four parts, as the C function inet_aton and therefore every browser reads them.
     */
    private static final IPAddressStringParameters BROWSER_FORMS = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowMask(false)
            .allowPrefix(false)
            .allowPrefixOnly(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(true)
            .getParentBuilder()
            .toParams();

    /**
     * Answers of {@link #ofOneHost} by the hash of the text, the last for each: nearly every event of a host shows the
     * same few addresses. Threads may overwrite each other's; an entry is read whole or not at all.
     */
    private static final @Nullable OneHost[] RECENT = new OneHost[1 << 14];

    private record OneHost(String text, @Nullable String canonical) {}

    private AddressScopes() {}

    /**
     * The canonical text of an address, IPv4 for an IPv4-mapped IPv6 address; null where the text is a name. 32 hex
     * digits without colons are a name: agents have such ids, and no browser reads them as an address.
     *
     * @param text without brackets
     */
    public static @Nullable String canonical(String text) {
        IPAddress address = parse(text);
        return address == null ? null : address.toCanonicalString();
    }

    /**
     * True for an address that nobody outside the organisation answers for: RFC 1918, RFC 6598, ULA, loopback,
     * link-local, multicast.
     */
    public static boolean isInternal(String canonical) {
        IPAddress address = parse(canonical);
        return address != null
                && (address.isLoopback()
                        || address.isLocal()
                        || address.isLinkLocal()
                        || address.isMulticast()
                        || address.isAnyLocal()
                        || isPrivate(address));
    }

    /**
     * The canonical text of an address that at most one host has at a time; null for loopback, link-local, multicast
     * and names.
     */
    public static @Nullable String ofOneHost(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 14) & RECENT.length - 1;
        @Nullable OneHost known = RECENT[slot];
        if (known == null || !known.text().equals(text)) {
            known = new OneHost(text, canonicalOfOneHost(text));
            if (text.length() <= MAX_LENGTH) {
                RECENT[slot] = known;
            }
        }
        return known.canonical();
    }

    private static @Nullable String canonicalOfOneHost(String text) {
        IPAddress address = parse(text);
        return address == null
                        || address.isLoopback()
                        || address.isLinkLocal()
                        || address.isMulticast()
                        || address.isAnyLocal()
                ? null
                : address.toCanonicalString();
    }

    /** True where the text can only be an address, so that the cost of parsing a name as one is not paid. */
    static boolean looksLikeAddress(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        int lastLabel = host.lastIndexOf('.') + 1;
        return lastLabel < host.length() && Character.isDigit(host.charAt(lastLabel));
    }

    private static @Nullable IPAddress parse(String text) {
        if (!looksLikeAddress(text) || text.length() > MAX_LENGTH) {
            return null;
        }
        IPAddress address = new IPAddressString(text, BROWSER_FORMS).getAddress();
        if (address == null || address.isIPv6() && text.indexOf(':') < 0) {
            return null;
        }
        if (address instanceof IPv6Address v6
                && (v6.isIPv4Mapped() || v6.isIPv4Compatible() && !v6.isLoopback() && !v6.isZero())) {
            return v6.getEmbeddedIPv4Address();
        }
        return address instanceof IPv6Address v6 ? v6.removeZone() : address;
    }

    private static boolean isPrivate(IPAddress address) {
        return switch (address) {
            case IPv4Address v4 -> {
                int first = v4.getSegment(0).getSegmentValue();
                int second = v4.getSegment(1).getSegmentValue();
                yield v4.isPrivate() || first == 100 && (second & 0xC0) == 64 || first == 0 || first >= 240;
            }
            case IPv6Address v6 -> v6.isUniqueLocal();
            default -> false;
        };
    }
}
