package io.clicktrail.alerter.assets;

import org.jspecify.annotations.Nullable;

/**
 * A host that the organisation knows.
 *
 * @param name its key, or a pattern of keys
 * @param criticality 1 (least) to 5
 * @param kind kind of device
 * @param managed whether the organisation manages it
 * @param zone network zone
 */
public record HostAsset(
        NamePattern name,
        @Nullable Integer criticality,
        @Nullable Kind kind,
        @Nullable Boolean managed,
        @Nullable String zone) {

    /** Kinds of devices, as OCSF names them. */
    public enum Kind {
        SERVER,
        WORKSTATION,
        LAPTOP
    }

    /** The highest criticality. */
    static final int HIGHEST = 5;

    /** @throws IllegalArgumentException where there is no name, or the criticality is not 1 to 5 */
    public HostAsset {
        NamePattern.require(name);
        if (criticality != null && (criticality < 1 || criticality > HIGHEST)) {
            throw new IllegalArgumentException("criticality is '" + criticality + "' but must be 1 to " + HIGHEST);
        }
    }

    /** A host of which nothing is known. */
    static final HostAsset UNKNOWN = new HostAsset(new NamePattern("unknown"), null, null, null, null);
}
