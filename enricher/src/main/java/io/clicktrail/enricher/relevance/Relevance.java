package io.clicktrail.enricher.relevance;

/** How much of an event anything after the normalizer can use. */
public enum Relevance {

    /** All that it says may count. */
    WHOLE,

    /** Only that its host or sensor was alive, that a pid began or ended, or that time has passed. */
    OUTLINE,

    /** Nothing. */
    NONE
}
