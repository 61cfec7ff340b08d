package io.clicktrail.enricher.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose host an address or user was at a time. */
public sealed interface HostResolution {

    /** Nobody has claimed the key for that time. */
    record Unknown() implements HostResolution {}

    /**
     * Claimed.
     *
     * @param host the host with the latest claim
     * @param others further hosts that claimed it for that time, sorted; empty where the answer is certain
     * @param user canonical key of the account that the key is a form of, null where it is none
     * @param shared why the key may be several hosts' at once, null where nothing speaks for it
     */
    record Known(
            String host,
            List<String> others,
            @Nullable String user,
            @Nullable String shared) implements HostResolution {
        public Known {
            others = List.copyOf(others);
        }
    }
}
