package io.clicktrail.normalizer.endpoint;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Transport protocols by name or number (iana.org/assignments/protocol-numbers). */
final class Transports {

    private Transports() {}

    /** tcp, udp or icmp; null where it is another or none. */
    static @Nullable String named(@Nullable String protocol) {
        if (protocol == null) {
            return null;
        }
        return switch (protocol.toLowerCase(Locale.ROOT)) {
            case "6", "tcp", "tcpv4", "tcpv6" -> "tcp";
            case "17", "udp", "udpv4", "udpv6" -> "udp";
            case "1", "58", "icmp", "icmpv4", "icmpv6" -> "icmp";
            default -> null;
        };
    }
}
