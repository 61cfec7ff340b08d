package io.clicktrail.enricher.identity;

import io.clicktrail.enricher.domain.AddressScopes;
import io.clicktrail.schemas.HostKey;
import org.jspecify.annotations.Nullable;

/**
 * Names of hosts, and the rule by which one machine has one key.
 *
 * <p><b>Rule.</b> The key of a machine is its fully qualified name, in lower case, where any source shows one, else its
 * short name. A short name, a name as sent and an identifier of a sensor are other names of the machine whose qualified
 * name an event showed beside them, or whose first label they are. Where a short name is the first label of two
 * qualified names, it belongs to two machines, and what is claimed or sent under it goes by what else is known: an
 * address by the qualified name that was claimed for the same address, an event by the domain of its host. Where that
 * does not decide, it stays under the short name, with both machines as further candidates.
 *
 * <p>DHCP clients send the short name (RFC 2132, option 12) or the qualified one (RFC 4702, option 81), and an endpoint
 * sends what its sensor takes for the name.
 */
final class HostNames {

    private HostNames() {}

    /** The key form of a name as sent; empty where nothing is left of it. */
    static String key(String hostname) {
        @Nullable String key = HostKey.of(hostname);
        return key == null ? "" : key;
    }

    /** True for a name with a domain; false for short names, identifiers and addresses. */
    static boolean isQualified(String name) {
        return name.indexOf('.') > 0 && AddressScopes.canonical(name) == null;
    }

    /** The first label of a qualified name. */
    static String shortForm(String qualified) {
        return qualified.substring(0, qualified.indexOf('.'));
    }

    /** True where a name is the first label of a qualified one. */
    static boolean isShortFor(String name, String qualified) {
        return name.indexOf('.') < 0
                && qualified.length() > name.length()
                && qualified.charAt(name.length()) == '.'
                && qualified.startsWith(name);
    }

    /** True for equal names, and for a short name and a qualified one with it as first label. */
    static boolean isSame(String a, String b) {
        return a.equals(b) || isShortFor(a, b) || isShortFor(b, a);
    }

    /**
     * True where a qualified name is in a domain, given by its DNS name or by the first label of it, as NetBIOS does.
     */
    static boolean isIn(String qualified, String domain) {
        String ofHost = qualified.substring(qualified.indexOf('.') + 1);
        return ofHost.equalsIgnoreCase(domain)
                || ofHost.length() > domain.length()
                        && ofHost.charAt(domain.length()) == '.'
                        && ofHost.regionMatches(true, 0, domain, 0, domain.length());
    }
}
