package io.clicktrail.benchmarks.detection.host;

import java.net.URI;

/** URLs, taken apart. */
public final class WebActivity {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private WebActivity() {}

    public static String host(String url) {
        return URI.create(url).getHost();
    }

    public static int port(String url) {
        URI uri = URI.create(url);
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return uri.getScheme().equals("https") ? HTTPS : HTTP;
    }

    /** Path and query. */
    public static String target(String url) {
        URI uri = URI.create(url);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
