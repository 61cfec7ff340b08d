package io.clicktrail.normalizer.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Transport protocols by name or by number (IANA, Assigned Internet Protocol Numbers). */
public final class Transports {

    private Transports() {}

    /** tcp, udp, icmp or the name as sent, in lower case; null where it is absent or another number. */
    public static @Nullable String of(@Nullable String protocol) {
        String text = Placeholders.absent(protocol);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "6" -> "tcp";
            case "17" -> "udp";
            case "1", "58", "ipv6-icmp", "icmpv6" -> "icmp";
            default -> Numbers.whole(text) == null ? text.toLowerCase(Locale.ROOT) : null;
        };
    }
}
