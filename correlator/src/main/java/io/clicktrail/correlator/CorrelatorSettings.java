package io.clicktrail.correlator;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the correlator. What a chain is comes from the tuning, not from here.
 *
 * @param quietAfter wall-clock time without a record in a partition after which its time moves by the wall clock, 1
 *     second to 1 hour
 * @param settling wall-clock time that evidence is given to come through the services before stream time counts as
 *     passed, 100 milliseconds to 1 hour; it matters when a backlog is worked off, where hours of logs go by in seconds
 */
@ConfigurationProperties(prefix = "clicktrail.correlator", ignoreUnknownFields = false)
public record CorrelatorSettings(
        @DefaultValue("10s") Duration quietAfter,
        @DefaultValue("10s") Duration settling) {

    private static final Duration MIN_QUIET = Duration.ofSeconds(1);
    private static final Duration MIN_SETTLING = Duration.ofMillis(100);
    private static final Duration MAX_TIME = Duration.ofHours(1);

    public CorrelatorSettings {
        check("quiet-after", quietAfter, MIN_QUIET, "1 second");
        check("settling", settling, MIN_SETTLING, "100 milliseconds");
    }

    private static void check(String key, Duration value, Duration least, String leastText) {
        if (value.compareTo(least) < 0 || value.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException(
                    "clicktrail.correlator." + key + " is '" + value + "' but must be " + leastText + " to 1 hour");
        }
    }
}
