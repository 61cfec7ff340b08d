package io.clicktrail.alerter.casefile;

import io.clicktrail.alert.PlaybookRef;
import io.clicktrail.alert.Tlp;
import io.clicktrail.alerter.assets.AssetInventory;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The organisation, as its cases show it.
 *
 * @param tenantId in every case
 * @param name name of the organisation for people; null for none
 * @param source id of the installation, in every case as its producer
 * @param version version of the product
 * @param linkTemplate link to a case, {@code {alert_id}} is filled in; null for none
 * @param tlp how far a case may be passed on
 * @param keep how long a case may stay open before it may be archived
 * @param assets what it knows of its hosts and people
 * @param playbooks its playbooks for such cases
 */
public record OrganisationSettings(
        String tenantId,
        @Nullable String name,
        String source,
        String version,
        @Nullable String linkTemplate,
        Tlp tlp,
        Duration keep,
        AssetInventory assets,
        List<PlaybookRef> playbooks) {

    public OrganisationSettings {
        playbooks = List.copyOf(playbooks);
    }
}
