package io.clicktrail.enricher.intel.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a feed is loaded.
 *
 * @param source who lists it; no blanks
 * @param confidence 1-100 for entries whose feed gives none, null for the usual
 * @param undated when entries count as listed whose feed does not date them
 * @param over what has expired by then is taken back
 */
public record FeedOptions(String source, @Nullable Integer confidence, Instant undated, Instant over) {}
