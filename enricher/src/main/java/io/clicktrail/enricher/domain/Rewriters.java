package io.clicktrail.enricher.domain;

import io.clicktrail.schemas.lists.DataList;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the original link in one that a mail gateway, search engine or portal rewrote, for example Safe Links, URL
 * Defense or {@code google.com/url}. Which hosts rewrite, and how, is a dated list.
 */
final class Rewriters {

    private static final String V3_START = "/v3/__";
    private static final String V3_END = "__;";
    /** Run lengths of the third encoding: the letter after ** encodes its place in base64 plus two. */
    private static final String V3_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final Map<String, List<Rewriter>> rewriters = new HashMap<>();

    private Rewriters(DataList list) {
        list.forEach(row -> rewriters
                .computeIfAbsent(row.text(0), host -> new ArrayList<>())
                .add(new Rewriter(row.text(1), row.one(2, Form.class), row.words(3))));
    }

    static Rewriters of(DataList list) {
        return new Rewriters(list);
    }

    /** The link inside; null where the URL is no wrapper or holds none that can be read. */
    @Nullable
    String unwrap(ParsedUrl url) {
        for (Rewriter rewriter : of(url.host())) {
            if (url.parts().encodedPath().startsWith(rewriter.pathPrefix())) {
                String inner = switch (rewriter.form()) {
                    case QUERY -> query(url, rewriter.parameters());
                    case URLDEFENSE_V2 -> version2(url, rewriter.parameters());
                    case URLDEFENSE_V3 -> version3(url.original());
                    case BASE64 -> encoded(url, rewriter.parameters());
                    case DOMAIN -> domain(url, rewriter.parameters());
                    case REST_OF_PATH -> restOfPath(url, rewriter);
                    case LAST_SEGMENT -> lastSegment(url);
                    case LABELS -> labels(url);
                };
                if (inner != null && !inner.isEmpty()) {
                    return inner;
                }
            }
        }
        return null;
    }

    /** True for a name that rewrites links, so that allowing it would allow everything behind it. */
    boolean isRewriter(String host) {
        return !of(host).isEmpty() || rewriters.containsKey("*." + host);
    }

    private List<Rewriter> of(String host) {
        List<Rewriter> exact = rewriters.get(host);
        if (exact != null) {
            return exact;
        }
        int dot = host.indexOf('.');
        return dot < 0 ? List.of() : rewriters.getOrDefault("*" + host.substring(dot), List.of());
    }

    private static @Nullable String query(ParsedUrl url, List<String> parameters) {
        for (String parameter : parameters) {
            String value = url.query(parameter);
            if (value != null && value.regionMatches(true, 0, "http", 0, 4)) {
                return value;
            }
        }
        return null;
    }

    /** The target in base64 behind a fixed beginning: {@code u=a1aHR0cHM6…}. */
    private static @Nullable String encoded(ParsedUrl url, List<String> parameters) {
        String value = url.query(parameters.getFirst());
        String start = parameters.size() > 1 ? parameters.get(1) : "";
        if (value == null || !value.startsWith(start)) {
            return null;
        }
        String inner = base64(value.substring(start.length())
                .replace('+', '-')
                .replace('/', '_')
                .replace("=", ""));
        return inner.regionMatches(true, 0, "http", 0, 4) ? inner : null;
    }

    /** Only the target's host is given. */
    private static @Nullable String domain(ParsedUrl url, List<String> parameters) {
        String value = url.query(parameters.getFirst());
        return value == null || value.isEmpty() ? null : "https://" + value + "/";
    }

    private static @Nullable String restOfPath(ParsedUrl url, Rewriter rewriter) {
        String rest = url.parts().encodedPath().substring(rewriter.pathPrefix().length());
        String query = url.parts().encodedQuery();
        return rest.isEmpty()
                ? null
                : rewriter.parameters().getFirst() + "://" + rest + (query == null ? "" : "?" + query);
    }

    private static @Nullable String lastSegment(ParsedUrl url) {
        String last = url.path().getLast();
        return last.regionMatches(true, 0, "http", 0, 4) ? last : null;
    }

    /** The target's host as one label: a dot became a hyphen, a hyphen two. */
    private static @Nullable String labels(ParsedUrl url) {
        String label = TenantKeys.firstLabel(url.host());
        if (label.indexOf('-') < 0) {
            return null;
        }
        String host = label.replace("--", "\u0000").replace('-', '.').replace('\u0000', '-');
        String query = url.parts().encodedQuery();
        return "https://" + host + url.parts().encodedPath() + (query == null ? "" : "?" + query);
    }

    /** Second encoding: {@code -} encodes {@code %} and {@code _} encodes {@code /}. */
    private static @Nullable String version2(ParsedUrl url, List<String> parameters) {
        String value = url.query(parameters.getFirst());
        if (value == null) {
            return null;
        }
        String escaped = value.replace("%", "%25").replace('-', '%').replace('_', '/');
        return isEscapedWell(escaped) ? URLDecoder.decode(escaped, StandardCharsets.UTF_8) : null;
    }

    /**
     * Third encoding: {@code /v3/__URL__;REPLACED!!…}. In the URL {@code *} encodes the next replaced character and
     * {@code **X} for a run of them; REPLACED is the base64 of the replaced characters.
     */
    private static @Nullable String version3(String original) {
        int from = original.indexOf(V3_START);
        int to = from < 0 ? -1 : original.indexOf(V3_END, from);
        if (to < 0) {
            return null;
        }
        String url = original.substring(from + V3_START.length(), to);
        int endOfReplaced = original.indexOf('!', to);
        if (endOfReplaced < 0 || url.indexOf('*') < 0) {
            return url;
        }
        String replaced = base64(original.substring(to + V3_END.length(), endOfReplaced));
        var restored = new StringBuilder(url.length());
        int next = 0;
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c != '*') {
                restored.append(c);
                continue;
            }
            int run = 1;
            if (i + 2 < url.length() && url.charAt(i + 1) == '*') {
                int length = V3_RUNS.indexOf(url.charAt(i + 2));
                if (length < 0) {
                    return null;
                }
                run = length + 2;
                i += 2;
            }
            int end = Math.min(replaced.length(), next + run);
            restored.append(replaced, next, end);
            next = end;
        }
        return restored.toString();
    }

    private static String base64(String encoded) {
        for (int i = 0; i < encoded.length(); i++) {
            if (V3_RUNS.indexOf(encoded.charAt(i)) < 0) {
                return "";
            }
        }
        return encoded.length() % 4 == 1
                ? ""
                : new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static boolean isEscapedWell(String escaped) {
        for (int i = escaped.indexOf('%'); i >= 0; i = escaped.indexOf('%', i + 1)) {
            if (i + 2 >= escaped.length()
                    || Character.digit(escaped.charAt(i + 1), 16) < 0
                    || Character.digit(escaped.charAt(i + 2), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private enum Form {
        QUERY,
        URLDEFENSE_V2,
        URLDEFENSE_V3,
        BASE64,
        DOMAIN,
        REST_OF_PATH,
        LAST_SEGMENT,
        LABELS
    }

    private record Rewriter(String pathPrefix, Form form, List<String> parameters) {}
}
