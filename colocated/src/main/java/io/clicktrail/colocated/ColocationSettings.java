package io.clicktrail.colocated;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of normalizer and enricher as one service, beside those of each.
 *
 * @param events which events others than the enricher can read on {@code clicktrail.events}
 */
@ConfigurationProperties(prefix = "clicktrail.colocation", ignoreUnknownFields = false)
public record ColocationSettings(@DefaultValue("off") Events events) {

    /** The setting that says, where it is given, that both are one service. */
    public static final String EVENTS = "clicktrail.colocation.events";

    /** Which events are written to {@code clicktrail.events}. */
    public enum Events {

        /** All, as the normalizer alone does. */
        ALL,

        /** Those that the enricher can use, which reads them there itself. */
        RELEVANT,

        /** None. */
        OFF
    }

    /** Whether settings ask for both as one service. */
    public static boolean isIn(Map<String, String> settings) {
        return settings.containsKey(EVENTS);
    }
}
