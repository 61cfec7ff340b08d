package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.SuffixKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The Public Suffix List with its private section, read and applied as publicsuffix.org/list describes. The libraries
 * for it hold one list for the whole process; ours is a value, so that an operator's list can stand beside the one that
 * ships.
 */
public final class Suffixes {

    private static final String VERSION = "// VERSION:";
    private static final String PRIVATE_SECTION = "// ===BEGIN PRIVATE DOMAINS===";
    private static final String COMMENT = "//";
    private static final String WILDCARD = "*.";
    private static final String EXCEPTION = "!";
    private static final int DATE_LENGTH = "2026-08-19".length();

    private final String version;
    private final Map<String, SuffixKind> suffixes;
    private final Map<String, SuffixKind> wildcards;
    private final Set<String> exceptions;

    private Suffixes(
            String version,
            Map<String, SuffixKind> suffixes,
            Map<String, SuffixKind> wildcards,
            Set<String> exceptions) {
        this.version = version;
        this.suffixes = Map.copyOf(suffixes);
        this.wildcards = Map.copyOf(wildcards);
        this.exceptions = Set.copyOf(exceptions);
    }

    /**
     * A list in the format of publicsuffix.org.
     *
     * @param name for messages
     * @throws IllegalArgumentException where it carries no version line or no rules
     */
    public static Suffixes read(String name, InputStream in) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        int at = text.indexOf(VERSION);
        var suffixes = new HashMap<String, SuffixKind>();
        var wildcards = new HashMap<String, SuffixKind>();
        var exceptions = new HashSet<String>();
        SuffixKind kind = SuffixKind.ICANN;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.equals(PRIVATE_SECTION)) {
                kind = SuffixKind.PRIVATE;
            } else if (line.startsWith(EXCEPTION)) {
                exceptions.add(ascii(line.substring(EXCEPTION.length())));
            } else if (line.startsWith(WILDCARD)) {
                wildcards.put(ascii(line.substring(WILDCARD.length())), kind);
            } else if (!line.isEmpty() && !line.startsWith(COMMENT)) {
                suffixes.put(ascii(line), kind);
            }
        }
        if (at < 0 || suffixes.isEmpty()) {
            throw new IllegalArgumentException(
                    name + ": not a public suffix list: no line \"" + VERSION + " …\" or no rules");
        }
        int date = at + VERSION.length() + 1;
        return new Suffixes(
                text.substring(date, Math.min(text.length(), date + DATE_LENGTH)), suffixes, wildcards, exceptions);
    }

    /** Date of the list. */
    public String version() {
        return version;
    }

    /**
     * Splits a host name.
     *
     * @param host lower-case ASCII, no trailing dot, no address
     */
    Split split(String host) {
        int owner = -1;
        for (int at = 0; ; ) {
            String name = host.substring(at);
            int dot = name.indexOf('.');
            if (exceptions.contains(name)) {
                return new Split(name, name.substring(dot + 1), SuffixKind.ICANN);
            }
            SuffixKind kind = suffixes.get(name);
            if (kind == null && dot >= 0) {
                kind = wildcards.get(name.substring(dot + 1));
            }
            if (kind != null) {
                return new Split(owner < 0 ? host : host.substring(owner), name, kind);
            }
            if (dot < 0) {
                return new Split(lastLabels(host, 2), name, SuffixKind.UNLISTED);
            }
            owner = at;
            at += dot + 1;
        }
    }

    private static String ascii(String name) {
        return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    }

    /** True where the name is itself a public suffix, so that nobody in particular answers for it. */
    boolean isSuffix(String name) {
        var split = split(name);
        return split.kind() != SuffixKind.UNLISTED && split.suffix().equals(name);
    }

    /** The last labels of a name, or all of it where it has fewer. */
    static String lastLabels(String name, int count) {
        int from = name.length();
        for (int i = 0; i < count && from > 0; i++) {
            from = name.lastIndexOf('.', from - 1);
        }
        return name.substring(Math.max(from + 1, 0));
    }

    /**
     * A name parted at its public suffix.
     *
     * @param domain suffix with one label more, or the name itself where it is a suffix
     * @param suffix the public suffix
     */
    record Split(String domain, String suffix, SuffixKind kind) {}
}
