package io.clicktrail.enricher.identity;

import java.util.List;

/** Whose host an address or user was at a time. */
public sealed interface Resolution {

    /** Nobody has claimed the key for that time. */
    record Unknown() implements Resolution {}

    /**
     * Claimed.
     *
     * @param host the host with the latest claim
     * @param others further hosts that claimed it for that time, sorted; empty where the answer is certain
     */
    record Known(String host, List<String> others) implements Resolution {
        public Known {
            others = List.copyOf(others);
        }
    }
}
