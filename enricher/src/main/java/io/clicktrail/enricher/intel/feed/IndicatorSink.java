package io.clicktrail.enricher.intel.feed;

import io.clicktrail.intel.Indicator;

/** Takes what is read from a feed, one by one, so that a feed of any size is read in little memory. */
public interface IndicatorSink {

    void take(Indicator indicator);

    /** The source takes the indicator with this key back. */
    void withdraw(String key);

    /** @param line line or number of the entry in the file, from 1 */
    void refuse(int line, String reason);
}
