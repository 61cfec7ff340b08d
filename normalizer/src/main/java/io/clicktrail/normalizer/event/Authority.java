package io.clicktrail.normalizer.event;

import org.jspecify.annotations.Nullable;

/**
 * Who a URL, or a bare {@code host:port}, points at. The host is what a browser would contact: what comes after
 * userinfo and before port, path, query and fragment, so that {@code https://a.example#x@b.example} is {@code
 * a.example}.
 *
 * @param domain lower case, no trailing dot; null where the host is an address
 * @param ip canonical text; null where the host is a name
 * @param port 0 to 65535; null where none is written
 */
public record Authority(
        @Nullable String domain,
        @Nullable String ip,
        @Nullable Integer port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    public static @Nullable Authority ofUrl(String url) {
        int from = hasScheme(url) ? url.indexOf("://") + 3 : 0;
        int to = from;
        while (to < url.length() && "/?#\\".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        int at = url.lastIndexOf('@', to - 1);
        return of(url.substring(at >= from ? at + 1 : from, to));
    }

    /** A URL of its parts; the port is left out where it is the scheme's usual one, or not known. */
    public static String url(boolean isTls, String host, @Nullable Integer port, String path) {
        boolean isUsual = port == null || port == (isTls ? HTTPS : HTTP);
        return (isTls ? "https://" : "http://") + host + (isUsual ? "" : ":" + port) + path;
    }

    /** Whether a URL begins with {@code scheme://}. */
    public static boolean hasScheme(String url) {
        int end = url.indexOf("://");
        for (int i = 0; i < end; i++) {
            char c = url.charAt(i);
            int lower = c | 0x20;
            boolean isLetter = lower >= 'a' && lower <= 'z';
            if (!isLetter && (i == 0 || "0123456789+-.".indexOf(c) < 0)) {
                return false;
            }
        }
        return end > 0;
    }

    /**
     * The authority of {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port}; null where there is no host.
     */
    public static @Nullable Authority of(String text) {
        int colon = text.lastIndexOf(':');
        boolean isBracketed = text.startsWith("[");
        int close = isBracketed ? text.indexOf(']') : -1;
        if (isBracketed && close < 0) {
            return null;
        }
        boolean hasPort = isBracketed ? colon > close : colon >= 0 && text.indexOf(':') == colon;
        String host = hasPort ? text.substring(0, colon) : text;
        Integer port = hasPort ? Numbers.port(text.substring(colon + 1)) : null;
        String ip = IpAddresses.canonical(host);
        String domain = ip == null && !isBracketed ? Hosts.domainName(host) : null;
        return ip == null && domain == null ? null : new Authority(domain, ip, port);
    }
}
