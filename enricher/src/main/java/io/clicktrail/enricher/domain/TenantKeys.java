package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.schemas.lists.DataList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tenant key of a host or URL: who answers for it, so that one customer of a shared host is never judged by
 * another's deeds.
 *
 * <p><b>Rules.</b> The key is the registrable domain by the Public Suffix List, its private section included: the
 * public suffix and one label more, {@code eve.github.io}. Where hosts are shared but the list does not split them, a
 * dated table says what the tenant is: so many segments of the path ({@code github.com/eve/drop}), what comes after a
 * fixed path, a query parameter, or labels of the name. The first rule of a host that matches wins. A host whose every
 * path is a tenant's is {@code partial} where only its name was seen.
 *
 * <p><b>Bounds.</b> A key has at most {@value #MAX_KEY} characters, as the attacker chooses what is in a path; a rule
 * takes at most {@value #MAX_COUNT} segments or labels.
 *
 * <p><b>Cost.</b> Two hash look-ups for a host without rules, and the walk of {@link Suffixes} over its labels.
 *
 * <p><b>Source.</b> https://publicsuffix.org/list/ for the algorithm and the list; the table names its sources in its
 * header.
 */
final class TenantKeys {

    /** Longest tenant key; the attacker chooses what is in a path. */
    private static final int MAX_KEY = 255;

    private static final int MAX_COUNT = 16;

    private final Suffixes suffixes;
    private final Map<String, List<Rule>> hosts = new HashMap<>();
    private final Map<String, Rule> labels = new HashMap<>();

    private TenantKeys(Suffixes suffixes, DataList list) {
        this.suffixes = suffixes;
        list.forEach(row -> {
            var rule = Rule.of(row);
            if (rule.kind() == Kind.SUBDOMAIN) {
                labels.put(row.text(0), rule);
            } else {
                hosts.computeIfAbsent(row.text(0), host -> new ArrayList<>()).add(rule);
            }
        });
    }

    static TenantKeys of(Suffixes suffixes, DataList list) {
        return new TenantKeys(suffixes, list);
    }

    /** The tenant of a name, where nothing but the name is known. */
    Tenant ofName(String host) {
        if (everyPathIsATenants(rulesOf(host))) {
            return new Tenant(host, firstLabel(host), afterFirstLabel(host), SuffixKind.PATH_TENANT, true, true);
        }
        var split = suffixes.split(host);
        Tenant labelled = byLabel(host, split);
        return labelled != null
                ? labelled
                : new Tenant(
                        split.domain(),
                        firstLabel(split.domain()),
                        split.suffix(),
                        split.kind(),
                        split.kind() == SuffixKind.PRIVATE,
                        false);
    }

    /** The tenant of a URL. */
    Tenant ofUrl(ParsedUrl url) {
        List<Rule> rules = rulesOf(url.host());
        if (rules == null) {
            return ofName(url.host());
        }
        for (Rule rule : rules) {
            String inPath = rule.tenant(url);
            if (inPath != null) {
                String key = url.host() + "/" + inPath;
                return new Tenant(
                        key.substring(0, Math.min(MAX_KEY, key.length())),
                        inPath,
                        url.host(),
                        SuffixKind.PATH_TENANT,
                        true,
                        false);
            }
        }
        return ofName(url.host());
    }

    /** True where the name, or what is above it, is shared by tenants that differ by path only. */
    boolean isPathShared(String name) {
        return rulesOf(name) != null || labels.containsKey(name);
    }

    /** False where some paths are the tenants' and all others the site's own, as on github.com. */
    private static boolean everyPathIsATenants(@Nullable List<Rule> rules) {
        return rules != null && rules.stream().anyMatch(rule -> rule.onlyBelow().isEmpty());
    }

    private @Nullable Tenant byLabel(String host, Suffixes.Split split) {
        String shared = labels.containsKey(split.suffix()) ? split.suffix() : split.domain();
        Rule rule = labels.get(shared);
        if (rule == null || host.equals(split.domain())) {
            return null;
        }
        String key = Suffixes.lastLabels(host, rule.count() + 1 + dots(shared));
        return new Tenant(key, firstLabel(key), shared, SuffixKind.PATH_TENANT, true, false);
    }

    private @Nullable List<Rule> rulesOf(String host) {
        List<Rule> rules = hosts.get(host);
        if (rules == null) {
            int dot = host.indexOf('.');
            rules = dot < 0 ? null : hosts.get("*" + host.substring(dot));
        }
        return rules;
    }

    private static int dots(String name) {
        return (int) name.chars().filter(c -> c == '.').count();
    }

    static String firstLabel(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String afterFirstLabel(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    private enum Kind {
        PATH,
        AFTER,
        QUERY,
        SUBDOMAIN
    }

    /** @param count labels or path segments that name the tenant, 0 for kinds that do not count */
    private record Rule(Kind kind, String argument, int count, Set<String> onlyBelow) {

        static Rule of(DataList.Row row) {
            Kind kind = row.one(1, Kind.class);
            boolean counts = kind == Kind.PATH || kind == Kind.SUBDOMAIN;
            return new Rule(kind, row.text(2), counts ? row.integer(2, 1, MAX_COUNT) : 0, Set.copyOf(row.words(3)));
        }

        @Nullable
        String tenant(ParsedUrl url) {
            return switch (kind) {
                case PATH -> inPath(url.path());
                case AFTER -> after(url.path());
                case QUERY -> {
                    String value = url.query(argument);
                    yield value == null || value.isEmpty() ? null : argument + "=" + value;
                }
                case SUBDOMAIN -> null;
            };
        }

        private @Nullable String inPath(List<String> path) {
            boolean deepEnough = path.size() > count
                    || path.size() == count && !path.getLast().isEmpty();
            if (!deepEnough || path.getFirst().isEmpty()) {
                return path.size() == 2
                                && count == 2
                                && onlyBelow.isEmpty()
                                && !path.getFirst().isEmpty()
                        ? path.getFirst()
                        : null;
            }
            if (!onlyBelow.isEmpty() && (path.size() <= count || !onlyBelow.contains(path.get(count)))) {
                return null;
            }
            return String.join("/", path.subList(0, count));
        }

        private @Nullable String after(List<String> path) {
            List<String> prefix = List.of(argument.split("/", -1));
            int at = prefix.size();
            return path.size() > at
                            && !path.get(at).isEmpty()
                            && path.subList(0, at).equals(prefix)
                    ? argument + "/" + path.get(at)
                    : null;
        }
    }
}
