package io.clicktrail.enricher.intel.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a feed lists, as written there.
 *
 * @param line line or number of the entry in the file, from 1
 * @param kind what the feed takes it for
 * @param value as given
 * @param confidence 1-100, null where the feed gives none
 * @param listed when the feed last vouched for it, null where it does not say
 * @param expires null where the feed gives no end
 * @param withdrawn true where the feed takes it back
 */
record FeedEntry(
        int line,
        Kind kind,
        String value,
        @Nullable Integer confidence,
        @Nullable String threat,
        @Nullable Instant listed,
        @Nullable Instant expires,
        @Nullable String reference,
        boolean withdrawn) {

    /** What a feed can take an entry for. */
    enum Kind {
        URL,
        NAME,
        ADDRESS,
        SHA256,
        UNKNOWN
    }
}
