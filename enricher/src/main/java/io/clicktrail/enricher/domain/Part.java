package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.ScorePart;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can raise or lower the score of a domain, with its points. */
enum Part {
    TLD(PartGroup.SUFFIX, 0),
    SUSPICIOUS_TLD(PartGroup.SUFFIX, 20),
    SUFFIX_LIKE_FILE(PartGroup.SUFFIX, 3),
    NEWLY_OBSERVED(PartGroup.NOVELTY, 12),
    LOOKALIKE(PartGroup.LEXICAL, 25),
    TYPOSQUAT(PartGroup.LEXICAL, 18),
    COMBOSQUAT(PartGroup.LEXICAL, 14),
    BRAND_IN_SUBDOMAIN(PartGroup.LEXICAL, 12),
    OWN_ORGANISATION(PartGroup.LEXICAL, 10),
    GENERATED_NAME(PartGroup.LEXICAL, 6),
    PUNYCODE(PartGroup.LEXICAL, 2),
    MANY_LABELS(PartGroup.LEXICAL, 3),
    OBFUSCATED_ADDRESS(PartGroup.URL_FORM, 20),
    ADDRESS_LITERAL(PartGroup.URL_FORM, 10),
    MISLEADING_AUTHORITY(PartGroup.URL_FORM, 15),
    USERINFO(PartGroup.URL_FORM, 6),
    ENCODED_HOST(PartGroup.URL_FORM, 10),
    ODD_PORT(PartGroup.URL_FORM, 3),
    SHORTENER(PartGroup.URL_FORM, 6),
    RISKY_EXTENSION(PartGroup.URL_FORM, 6),
    DOUBLE_EXTENSION(PartGroup.URL_FORM, 6),
    REWRITER(PartGroup.URL_FORM, 0),
    TUNNEL(PartGroup.HOSTING, 12),
    IPFS(PartGroup.HOSTING, 10),
    DYNAMIC_DNS(PartGroup.HOSTING, 8),
    FREE_HOSTING(PartGroup.HOSTING, 4),
    SUFFIX_BURST(PartGroup.HOSTING, 8),
    NEW_SHARED_TENANT(PartGroup.HOSTING, 10),
    POPULAR(PartGroup.POPULARITY, -15),
    PREVALENT(PartGroup.POPULARITY, -12),
    ALLOW_LIST(PartGroup.ALLOW_LIST, -20),
    INTEL(PartGroup.INTEL, 90);

    private static final Map<String, Part> BY_LABEL = new HashMap<>();

    static {
        for (Part part : values()) {
            BY_LABEL.put(part.label, part);
        }
    }

    final PartGroup group;
    final int points;
    final String label;

    Part(PartGroup group, int points) {
        this.group = group;
        this.points = points;
        this.label = name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Part ofLabel(String label) {
        return BY_LABEL.get(label);
    }

    ScorePart scored(String evidence, @Nullable String listVersion) {
        return scored(points, evidence, listVersion);
    }

    ScorePart scored(int given, String evidence, @Nullable String listVersion) {
        return new ScorePart(label, given, evidence, listVersion);
    }
}
