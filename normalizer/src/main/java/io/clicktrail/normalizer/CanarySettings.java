package io.clicktrail.normalizer;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether canaries are sent.
 *
 * @param every time between two canaries of one process, 1 second to 1 hour; zero for none. They have the time of now,
 *     so there must be none where logs of other days are replayed
 */
@ConfigurationProperties(prefix = "clicktrail.canary", ignoreUnknownFields = false)
public record CanarySettings(@DefaultValue("0s") Duration every) {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    public CanarySettings {
        if (!every.isZero() && (every.compareTo(LEAST) < 0 || every.compareTo(MAX_INTERVAL) > 0)) {
            throw new IllegalArgumentException(
                    "clicktrail.canary.every is '" + every + "' but must be zero or 1 second to 1 hour");
        }
    }
}
