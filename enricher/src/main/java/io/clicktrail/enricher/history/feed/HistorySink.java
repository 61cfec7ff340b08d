package io.clicktrail.enricher.history.feed;

import io.clicktrail.domains.DomainHistory;

/** Takes what is read from a file, one by one. */
public interface HistorySink {

    void take(DomainHistory entry);

    /** @param number line or number of the entry in the file, from 1 */
    void refuse(int number, String reason);
}
