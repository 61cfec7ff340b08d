package io.clicktrail.normalizer.proxy;

import io.clicktrail.event.EventOutcome;
import org.jspecify.annotations.Nullable;

/** What Squid's result codes and hierarchy codes say (wiki.squid-cache.org, SquidFaq/SquidLogs). */
final class SquidCodes {

    private SquidCodes() {}

    /** The address that Squid itself spoke to; a parent proxy's says nothing of the destination. */
    static @Nullable String reached(String hierarchy) {
        int slash = hierarchy.indexOf('/');
        return hierarchy.startsWith("DIRECT/")
                        || hierarchy.startsWith("HIER_DIRECT/")
                        || hierarchy.startsWith("ORIGINAL_DST/")
                ? hierarchy.substring(slash + 1)
                : null;
    }

    /** The status after {@code TCP_MISS/200}. */
    static @Nullable String status(String codeAndStatus) {
        int slash = codeAndStatus.indexOf('/');
        return slash < 0 ? null : codeAndStatus.substring(slash + 1);
    }

    /** Only a denial is certain: a page that was fetched may still be an error of the server. */
    static EventOutcome outcome(String code) {
        return code.startsWith("TCP_DENIED") || code.startsWith("BLOCK") ? EventOutcome.FAILURE : EventOutcome.UNKNOWN;
    }
}
