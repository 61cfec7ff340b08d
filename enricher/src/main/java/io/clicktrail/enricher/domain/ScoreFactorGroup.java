package io.clicktrail.enricher.domain;

/**
 * Parts of a score that say nearly the same thing. What they add up to is capped, so that one finding does not count
 * thrice.
 */
enum ScoreFactorGroup {
    SUFFIX,
    NOVELTY,
    LEXICAL,
    URL_FORM,
    HOSTING,
    POPULARITY,
    ALLOW_LIST,
    /** Adds nothing: the score is at least its greatest part. */
    INTEL;

    /** True where the parts of the group take points away. */
    boolean lowers() {
        return this == POPULARITY || this == ALLOW_LIST;
    }

    boolean adds() {
        return !lowers() && this != INTEL;
    }
}
