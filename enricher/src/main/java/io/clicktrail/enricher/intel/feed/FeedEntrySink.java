package io.clicktrail.enricher.intel.feed;

import java.util.function.Consumer;

/** Where a reader puts the entries of a file, and what it could not read. */
record FeedEntrySink(Consumer<FeedEntry> listings, IndicatorSink intake) {

    void add(FeedEntry listing) {
        listings.accept(listing);
    }

    void refuse(int line, String reason) {
        intake.refuse(line, reason);
    }
}
