package io.clicktrail.correlator.chain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The file name at the end of a URL, as a download is often named. */
final class UrlNames {

    /** Longest name of a file on the file systems that matter, in characters. */
    private static final int MAX_NAME = 255;

    private UrlNames() {}

    /**
     * The last segment of a URL's path, percent-decoded; null where there is no path, or no dot within the segment, so
     * that pages without a file name match nothing.
     */
    static @Nullable String fileOf(String url) {
        int begin = url.indexOf("://");
        int path = url.indexOf('/', begin < 0 ? 0 : begin + 3);
        if (path < 0) {
            return null;
        }
        int end = url.length();
        for (int i = path; i < end; i++) {
            char c = url.charAt(i);
            if (c == '?' || c == '#') {
                end = i;
            }
        }
        int from = url.lastIndexOf('/', end - 1) + 1;
        int dot = url.lastIndexOf('.', end - 1);
        if (dot <= from || dot == end - 1 || end - from > MAX_NAME) {
            return null;
        }
        var segment = url.substring(from, end);
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return segment;
        }
    }
}
