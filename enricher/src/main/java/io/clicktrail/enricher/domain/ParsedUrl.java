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
        implements UrlParseResult {

    public ParsedUrl {
        path = List.copyOf(path);
        signs = signs.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(signs));
    }

    /** The one form in which URLs are compared: no user, default port or fragment; path and query as given. */
    public String canonical() {
        var text = new StringBuilder(original.length())
                .append(scheme)
                .append("://")
                .append(host);
        if (parts.port() != (scheme.equals("https") || scheme.equals("wss") ? 443 : 80)) {
            text.append(':').append(parts.port());
        }
        text.append(parts.encodedPath());
        String query = parts.encodedQuery();
        if (query != null) {
            text.append('?').append(query);
        }
        return text.toString();
    }

    /** The first value of a query parameter, decoded. */
    public @Nullable String query(String parameter) {
        return parts.queryParameter(parameter);
    }
}
