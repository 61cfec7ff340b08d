package io.clicktrail.enricher.domain;

import java.util.Set;

/** Names that no registry outside the organisation hands out. */
final class InternalNames {

    /**
     * RFC 6761, RFC 6762, RFC 8375, ICANN's .internal of 2024, and labels that ICANN has declared never to delegate.
     */
    private static final Set<String> TOP_LEVEL = Set.of(
            "local",
            "localhost",
            "localdomain",
            "internal",
            "intranet",
            "lan",
            "home",
            "corp",
            "private",
            "test",
            "invalid",
            "arpa");

    private InternalNames() {}

    /** True for single labels, private top-level names, and .arpa with home.arpa and the reverse look-ups. */
    static boolean covers(String host) {
        int dot = host.lastIndexOf('.');
        return dot < 0 || TOP_LEVEL.contains(host.substring(dot + 1));
    }
}
