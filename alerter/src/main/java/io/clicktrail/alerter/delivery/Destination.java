package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.event.Platform;
import java.util.Set;

/**
 * Which cases a system of the operator's gets, and in what format.
 *
 * @param format format of the values, one of text
 * @param tiers tiers that it takes; all where empty
 * @param severity least severity that it takes
 * @param platforms platforms that it takes; all where empty
 */
public record Destination(CaseFormat format, Set<Integer> tiers, Severity severity, Set<Platform> platforms) {

    public Destination {
        tiers = Set.copyOf(tiers);
        platforms = Set.copyOf(platforms);
    }

    /** True where it takes the case. */
    public boolean takes(Alert alert) {
        return (tiers.isEmpty() || tiers.contains(alert.getEscalation().getTier()))
                && alert.getSeverity().compareTo(severity) >= 0
                && (platforms.isEmpty() || platforms.contains(alert.getDevice().getPlatform()));
    }
}
