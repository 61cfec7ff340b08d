package io.clicktrail.enricher.domain;

import io.clicktrail.tuning.AllowEntry;

/** Told of every judgement that an allow-list entry lowered, so that entries nobody needs can be found. */
@FunctionalInterface
public interface AllowHits {

    /** For who does not count. */
    AllowHits UNCOUNTED = entry -> {};

    void hit(AllowEntry entry);
}
