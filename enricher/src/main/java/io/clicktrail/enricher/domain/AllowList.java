package io.clicktrail.enricher.domain;

import io.clicktrail.tuning.AllowEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AllowedCDNs: names that an operator vouches for, each with scope, owner, reason and end. */
public final class AllowList {

    private static final String BELOW = "*.";

    private final Map<String, List<AllowEntry>> exact = new HashMap<>();
    private final Map<String, List<AllowEntry>> below = new HashMap<>();

    /** @param entries entries for which {@link #refusal} found nothing */
    AllowList(List<AllowEntry> entries) {
        for (AllowEntry entry : entries) {
            String pattern = entry.getPattern().toLowerCase(Locale.ROOT);
            if (pattern.startsWith(BELOW)) {
                below.computeIfAbsent(pattern.substring(BELOW.length()), name -> new ArrayList<>())
                        .add(entry);
            } else {
                exact.computeIfAbsent(pattern, name -> new ArrayList<>()).add(entry);
            }
        }
    }

    /** Why a pattern must not be allowed: it would let in what strangers publish. Null where it may. */
    public static @Nullable String refusal(String pattern, DomainCatalogue lists) {
        String name = pattern.toLowerCase(Locale.ROOT);
        name = name.startsWith(BELOW) ? name.substring(BELOW.length()) : name;
        if (name.indexOf('*') >= 0 || UrlParser.canonicalHost(name) == null) {
            return "is neither a host name nor *. before one";
        }
        if (AddressScopes.looksLikeAddress(name)) {
            return null;
        }
        if (lists.suffixes.isSuffix(name) || name.indexOf('.') < 0) {
            return "is a public suffix: anyone can register below it";
        }
        if (lists.shorteners.covering(name) != null) {
            return "is a link shortener: it leads anywhere";
        }
        if (lists.rewriters.isRewriter(name)) {
            return "is a link rewriter: it leads anywhere";
        }
        if (lists.hosting.contains(name) || lists.tenants.isPathShared(name)) {
            return "is shared hosting: other customers publish there";
        }
        return null;
    }

    /** The entries that match a host, whether they have ended or not; more specific first. */
    List<AllowEntry> matching(String host) {
        if (exact.isEmpty() && below.isEmpty()) {
            return List.of();
        }
        List<AllowEntry> matching = new ArrayList<>(exact.getOrDefault(host, List.of()));
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            matching.addAll(below.getOrDefault(host.substring(dot + 1), List.of()));
        }
        return List.copyOf(matching);
    }

    /** The widest scope of the entries that hold at a time; null where none does. */
    static @Nullable AllowEntry inForce(List<AllowEntry> matching, Instant time) {
        AllowEntry widest = null;
        for (AllowEntry entry : matching) {
            if (time.isBefore(entry.getExpires())
                    && (widest == null || entry.getScope().compareTo(widest.getScope()) > 0)) {
                widest = entry;
            }
        }
        return widest;
    }
}
