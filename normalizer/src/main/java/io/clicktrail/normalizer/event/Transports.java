package io.clicktrail.normalizer.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Transport protocols by name or by number (IANA, Assigned Internet Protocol Numbers). */
public final class Transports {

    private Transports() {}

    /** tcp, udp, icmp or the name as sent, in lower case; null where it is absent or another number. */
    public static @Nullable String of(@Nullable String protocol) {
        String text = Placeholders.absent(protocol);
        String known = known(text);
        return known != null || text == null || Numbers.whole(text) != null ? known : text.toLowerCase(Locale.ROOT);
    }

    /** tcp, udp or icmp; null where it is another, or a protocol above these. */
    public static @Nullable String known(@Nullable String protocol) {
        if (protocol == null) {
            return null;
        }
        return switch (protocol.toLowerCase(Locale.ROOT)) {
            case "6", "tcp", "tcpv4", "tcpv6" -> "tcp";
            case "17", "udp", "udpv4", "udpv6" -> "udp";
            case "1", "58", "icmp", "icmpv4", "icmpv6", "ipv6-icmp" -> "icmp";
            default -> null;
        };
    }
}
