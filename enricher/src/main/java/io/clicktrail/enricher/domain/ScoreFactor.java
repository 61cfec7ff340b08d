package io.clicktrail.enricher.domain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can raise or lower the score of a domain. */
enum ScoreFactor {
    TLD(ScoreFactorGroup.SUFFIX),
    UNLISTED_TLD(ScoreFactorGroup.SUFFIX),
    SUSPICIOUS_TLD(ScoreFactorGroup.SUFFIX),
    SUFFIX_LIKE_FILE(ScoreFactorGroup.SUFFIX),
    NEWLY_OBSERVED(ScoreFactorGroup.NOVELTY),
    NEWLY_OBSERVED_WHILE_LEARNING(ScoreFactorGroup.NOVELTY),
    YOUNG_REGISTRATION(ScoreFactorGroup.NOVELTY),
    YOUNG_RESOLUTION(ScoreFactorGroup.NOVELTY),
    YOUNG_CERTIFICATE(ScoreFactorGroup.NOVELTY),
    REGISTERED_AGAIN(ScoreFactorGroup.NOVELTY),
    LOOKALIKE(ScoreFactorGroup.LEXICAL),
    TYPOSQUAT(ScoreFactorGroup.LEXICAL),
    COMBOSQUAT(ScoreFactorGroup.LEXICAL),
    BRAND_IN_SUBDOMAIN(ScoreFactorGroup.LEXICAL),
    OWN_ORGANISATION(ScoreFactorGroup.LEXICAL),
    GENERATED_NAME(ScoreFactorGroup.LEXICAL),
    PUNYCODE(ScoreFactorGroup.LEXICAL),
    MANY_LABELS(ScoreFactorGroup.LEXICAL),
    OBFUSCATED_ADDRESS(ScoreFactorGroup.URL_FORM),
    ADDRESS_LITERAL(ScoreFactorGroup.URL_FORM),
    MISLEADING_AUTHORITY(ScoreFactorGroup.URL_FORM),
    USERINFO(ScoreFactorGroup.URL_FORM),
    ENCODED_HOST(ScoreFactorGroup.URL_FORM),
    ODD_PORT(ScoreFactorGroup.URL_FORM),
    SHORTENER(ScoreFactorGroup.URL_FORM),
    RISKY_EXTENSION(ScoreFactorGroup.URL_FORM),
    DOUBLE_EXTENSION(ScoreFactorGroup.URL_FORM),
    REWRITER(ScoreFactorGroup.URL_FORM),
    TUNNEL(ScoreFactorGroup.HOSTING),
    IPFS(ScoreFactorGroup.HOSTING),
    DYNAMIC_DNS(ScoreFactorGroup.HOSTING),
    FREE_HOSTING(ScoreFactorGroup.HOSTING),
    SUFFIX_BURST(ScoreFactorGroup.HOSTING),
    NEW_SHARED_TENANT(ScoreFactorGroup.HOSTING),
    POPULAR(ScoreFactorGroup.POPULARITY),
    PREVALENT(ScoreFactorGroup.POPULARITY),
    RANKED(ScoreFactorGroup.POPULARITY),
    LONG_REGISTERED(ScoreFactorGroup.POPULARITY),
    ALLOW_LIST(ScoreFactorGroup.ALLOW_LIST),
    INTEL(ScoreFactorGroup.INTEL);

    private static final Map<String, ScoreFactor> BY_LABEL = new HashMap<>();

    static {
        for (ScoreFactor part : values()) {
            BY_LABEL.put(part.label, part);
        }
    }

    final ScoreFactorGroup group;
    final String label;

    ScoreFactor(ScoreFactorGroup group) {
        this.group = group;
        this.label = name().toLowerCase(Locale.ROOT);
    }

    static @Nullable ScoreFactor ofLabel(String label) {
        return BY_LABEL.get(label);
    }
}
