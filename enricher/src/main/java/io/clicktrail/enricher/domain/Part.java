package io.clicktrail.enricher.domain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can raise or lower the score of a domain. */
enum Part {
    TLD(PartGroup.SUFFIX),
    UNLISTED_TLD(PartGroup.SUFFIX),
    SUSPICIOUS_TLD(PartGroup.SUFFIX),
    SUFFIX_LIKE_FILE(PartGroup.SUFFIX),
    NEWLY_OBSERVED(PartGroup.NOVELTY),
    LOOKALIKE(PartGroup.LEXICAL),
    TYPOSQUAT(PartGroup.LEXICAL),
    COMBOSQUAT(PartGroup.LEXICAL),
    BRAND_IN_SUBDOMAIN(PartGroup.LEXICAL),
    OWN_ORGANISATION(PartGroup.LEXICAL),
    GENERATED_NAME(PartGroup.LEXICAL),
    PUNYCODE(PartGroup.LEXICAL),
    MANY_LABELS(PartGroup.LEXICAL),
    OBFUSCATED_ADDRESS(PartGroup.URL_FORM),
    ADDRESS_LITERAL(PartGroup.URL_FORM),
    MISLEADING_AUTHORITY(PartGroup.URL_FORM),
    USERINFO(PartGroup.URL_FORM),
    ENCODED_HOST(PartGroup.URL_FORM),
    ODD_PORT(PartGroup.URL_FORM),
    SHORTENER(PartGroup.URL_FORM),
    RISKY_EXTENSION(PartGroup.URL_FORM),
    DOUBLE_EXTENSION(PartGroup.URL_FORM),
    REWRITER(PartGroup.URL_FORM),
    TUNNEL(PartGroup.HOSTING),
    IPFS(PartGroup.HOSTING),
    DYNAMIC_DNS(PartGroup.HOSTING),
    FREE_HOSTING(PartGroup.HOSTING),
    SUFFIX_BURST(PartGroup.HOSTING),
    NEW_SHARED_TENANT(PartGroup.HOSTING),
    POPULAR(PartGroup.POPULARITY),
    PREVALENT(PartGroup.POPULARITY),
    ALLOW_LIST(PartGroup.ALLOW_LIST),
    INTEL(PartGroup.INTEL);

    private static final Map<String, Part> BY_LABEL = new HashMap<>();

    static {
        for (Part part : values()) {
            BY_LABEL.put(part.label, part);
        }
    }

    final PartGroup group;
    final String label;

    Part(PartGroup group) {
        this.group = group;
        this.label = name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Part ofLabel(String label) {
        return BY_LABEL.get(label);
    }
}
