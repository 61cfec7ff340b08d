package io.clicktrail.enricher.domain;

import crawlercommons.domains.EffectiveTldFinder;
import io.clicktrail.evidence.SuffixKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The Public Suffix List with its private section (publicsuffix.org). The finder behind it is one per process, so a process
 * works with one list: reading another replaces it everywhere.
 */
public final class Suffixes {

    private static final String VERSION = "// VERSION:";
    private static final int DATE_LENGTH = "2026-08-19".length();

    private final String version;

    private Suffixes(String version) {
        this.version = version;
    }

    /**
     * A list in the format of publicsuffix.org.
     *
     * @param name for messages
     * @throws IllegalArgumentException where it carries no version line or no rules
     */
    public static Suffixes read(String name, InputStream in) throws IOException {
        byte[] bytes = in.readAllBytes();
        String text = new String(bytes, StandardCharsets.UTF_8);
        int at = text.indexOf(VERSION);
        if (at < 0 || !EffectiveTldFinder.getInstance().initialize(new ByteArrayInputStream(bytes))) {
            throw new IllegalArgumentException(
                    name + ": not a public suffix list: no line \"" + VERSION + " …\" or no rules");
        }
        int date = at + VERSION.length() + 1;
        return new Suffixes(text.substring(date, Math.min(text.length(), date + DATE_LENGTH)));
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
        var suffix = EffectiveTldFinder.getEffectiveTLD(host);
        if (suffix == null) {
            return new Split(lastLabels(host, 2), lastLabels(host, 1), SuffixKind.UNLISTED);
        }
        var registry = EffectiveTldFinder.getEffectiveTLD(host, true);
        boolean isPrivate = registry != null && !registry.getSuffix().equals(suffix.getSuffix());
        @Nullable String domain = EffectiveTldFinder.getAssignedDomain(host, true, false);
        return new Split(
                domain == null ? host : domain,
                domain == null ? host : domain.substring(domain.indexOf('.') + 1),
                isPrivate ? SuffixKind.PRIVATE : SuffixKind.ICANN);
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
