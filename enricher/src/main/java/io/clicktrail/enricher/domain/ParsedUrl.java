package io.clicktrail.enricher.domain;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A web address taken apart as a browser would.
 *
 * @param original the text as given, at most {@link UrlParser#MAX_LENGTH} characters
 * @param scheme http, https, ws, wss or ftp
 * @param host lower-case ASCII name without trailing dot, or canonical address
 * @param address true where the host is an address
 * @param path the path's segments, percent-decoded
 * @param signs what is odd about its form
 */
public record ParsedUrl(
        String original,
        String scheme,
        String host,
        boolean address,
        List<String> path,
        Set<UrlSign> signs,
        HttpUrl parts)
        implements UrlReading {

    public ParsedUrl {
        path = List.copyOf(path);
        signs = signs.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(signs));
    }

    /** The first value of a query parameter, decoded. */
    public @Nullable String query(String parameter) {
        return parts.queryParameter(parameter);
    }
}
