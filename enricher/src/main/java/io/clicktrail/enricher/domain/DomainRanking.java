package io.clicktrail.enricher.domain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A public ranking of domains by how many people visit them, as Tranco, Cisco Umbrella and others publish: lines of
 * {@code rank,domain}, the most visited first.
 */
public final class DomainRanking {

    private DomainRanking() {}

    /**
     * The domain of a line of {@code rank,domain}, or the line itself where it has no rank; null for the heading of the
     * columns.
     */
    public static @Nullable String domainOf(String line) {
        int comma = line.indexOf(',');
        if (comma <= 0) {
            return line;
        }
        for (int i = 0; i < comma; i++) {
            if (!Character.isDigit(line.charAt(i))) {
                return line.regionMatches(true, 0, "rank", 0, comma) ? null : line;
            }
        }
        return line.substring(comma + 1).strip();
    }

    /**
     * The most visited names for which one tenant answers: no public suffixes, shared hosting, shorteners or rewriters,
     * where anybody can put anything.
     *
     * @param most how many names are read at most
     */
    public static List<String> popular(Stream<String> lines, int most, DomainCatalogue lists) {
        Set<String> names = new LinkedHashSet<>();
        lines.limit(most).forEach(line -> {
            @Nullable String domain = domainOf(line.strip());
            @Nullable String host = domain == null ? null : UrlParser.canonicalHost(domain);
            if (host != null && lists.isOneTenants(host)) {
                names.add(host);
            }
        });
        return List.copyOf(names);
    }
}
