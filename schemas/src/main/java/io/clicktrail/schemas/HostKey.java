package io.clicktrail.schemas;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The key form of a host's name: lower case, without the trailing dot of DNS, the dollar sign of a computer's account,
 * and a domain that no DNS gave the host.
 *
 * <p>Such domains stand for "this link" or "this home": multicast DNS (RFC 6762), home networks (RFC 8375), and what
 * resolvers and routers put there by default. A Mac that DHCP knows as {@code mac-17} calls itself {@code
 * mac-17.local}. A domain of Active Directory that ends so, such as {@code corp.local}, has a label before and stays.
 */
public final class HostKey {

    private static final List<String> SELF_GIVEN =
            List.of(".local", ".localdomain", ".lan", ".home", ".home.arpa", ".fritz.box");

    private HostKey() {}

    /** The key form of a name as sent; null where nothing is left of it. */
    public static @Nullable String of(String asSent) {
        String name = asSent.strip();
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '.') {
            end--;
        }
        if (end > 0 && name.charAt(end - 1) == '$') {
            end--;
        }
        if (end == 0) {
            return null;
        }
        String key = name.substring(0, end).toLowerCase(Locale.ROOT);
        int dot = key.indexOf('.');
        return dot > 0 && SELF_GIVEN.contains(key.substring(dot)) ? key.substring(0, dot) : key;
    }
}
