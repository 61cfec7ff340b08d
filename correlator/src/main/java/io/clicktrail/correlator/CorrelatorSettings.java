package io.clicktrail.correlator;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the correlator. What a chain is comes from the tuning, not from here.
 *
 * @param quietAfter wall-clock time without a record in a partition after which its time moves by the wall clock, 1 second to 1
 *     hour
 */
@ConfigurationProperties(prefix = "clicktrail.correlator", ignoreUnknownFields = false)
public record CorrelatorSettings(@DefaultValue("10s") Duration quietAfter) {

    public CorrelatorSettings {
        if (quietAfter.compareTo(Duration.ofSeconds(1)) < 0 || quietAfter.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "clicktrail.correlator.quiet-after is '" + quietAfter + "' but must be 1 second to 1 hour");
        }
    }
}
