package io.clicktrail.normalizer.linux;

import io.clicktrail.normalizer.event.IpAddresses;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An Internet socket address out of an audit record.
 *
 * @param ip canonical text
 * @param port 0 to 65535
 */
record SocketAddress(String ip, int port) {

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /** Reads {@code saddr}, a struct sockaddr in hex; null where it is of another family. */
    static @Nullable SocketAddress of(@Nullable String hex) {
        byte[] bytes = hex == null ? null : AuditFields.hex(hex);
        if (bytes == null || bytes.length < 8) {
            return null;
        }
        int family = bytes[0] == 0 ? bytes[1] : bytes[0];
        int port = (bytes[2] & 255) << 8 | bytes[3] & 255;
        if (family == AF_INET) {
            String ip = IpAddresses.canonical(
                    (bytes[4] & 255) + "." + (bytes[5] & 255) + "." + (bytes[6] & 255) + "." + (bytes[7] & 255));
            return ip == null ? null : new SocketAddress(ip, port);
        }
        if (family != AF_INET6 || bytes.length < 24) {
            return null;
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 8; i < 24; i += 2) {
            text.append(i == 8 ? "" : ":").append(HexFormat.of().formatHex(bytes, i, i + 2));
        }
        String ip = IpAddresses.canonical(text.toString());
        return ip == null ? null : new SocketAddress(ip, port);
    }
}
