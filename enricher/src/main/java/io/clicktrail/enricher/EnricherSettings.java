package io.clicktrail.enricher;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the enricher.
 *
 * @param learning how long nothing counts as a newly observed domain after a partition's first record, in delivery time;
 *     0 to 365 days. PT0S ends learning, as after the table of domains was seeded from history
 * @param waitingEvidence greatest number of pieces of evidence without a host that one task keeps through the grace, 1 to
 *     10,000,000
 * @param publicSuffixList a public suffix list in place of the one that ships with the enricher
 */
@ConfigurationProperties(prefix = "clicktrail.enricher", ignoreUnknownFields = false)
public record EnricherSettings(
        @DefaultValue("P14D") Duration learning,
        @DefaultValue("50000") int waitingEvidence,
        @Nullable Path publicSuffixList) {

    private static final Duration LONGEST_LEARNING = Duration.ofDays(365);
    private static final int MOST_WAITING = 10_000_000;

    public EnricherSettings {
        require(
                !learning.isNegative() && learning.compareTo(LONGEST_LEARNING) <= 0,
                "clicktrail.enricher.learning",
                learning,
                "0 to 365 days");
        require(
                waitingEvidence >= 1 && waitingEvidence <= MOST_WAITING,
                "clicktrail.enricher.waiting-evidence",
                waitingEvidence,
                "1 to 10000000");
    }

    private static void require(boolean holds, String key, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is '" + value + "' but must be " + rule);
        }
    }
}
