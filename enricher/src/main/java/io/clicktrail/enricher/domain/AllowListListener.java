package io.clicktrail.enricher.domain;

import io.clicktrail.tuning.AllowEntry;

/** Is called for every score that an allow-list entry lowered, so that entries nobody needs can be found. */
@FunctionalInterface
public interface AllowListListener {

    /** Does nothing. */
    AllowListListener NONE = entry -> {};

    void applied(AllowEntry entry);
}
