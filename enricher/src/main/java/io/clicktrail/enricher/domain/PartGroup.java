package io.clicktrail.enricher.domain;

/** Parts of a score that say nearly the same thing. What they add up to is capped, so that one finding does not count thrice. */
enum PartGroup {
    SUFFIX(20),
    NOVELTY(35),
    LEXICAL(35),
    URL_FORM(30),
    HOSTING(25),
    POPULARITY(6),
    ALLOW_LIST(0),
    /** Adds nothing: the score is at least its greatest part. */
    INTEL(100);

    /** Most points that the group can add. */
    final int cap;

    PartGroup(int cap) {
        this.cap = cap;
    }
}
