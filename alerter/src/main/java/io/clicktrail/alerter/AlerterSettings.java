package io.clicktrail.alerter;

import io.clicktrail.alert.Tlp;
import io.clicktrail.alerter.casefile.Organisation;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the alerter.
 *
 * @param tenantId tenant that stands in every case
 * @param organisationName name of the organisation for people; none if absent
 * @param sourceId id of this installation, the same on all its instances
 * @param linkTemplate link to a case in the operator's own system, with {@code {alert_id}} in it; none if absent
 * @param tlp how far cases may be passed on
 * @param keep how long a case may stay open before it may be archived
 * @param memory how long the last revision of a case is remembered; a detection that is revised later makes its case anew
 */
@ConfigurationProperties(prefix = "clicktrail.alerter", ignoreUnknownFields = false)
public record AlerterSettings(
        @DefaultValue("default") String tenantId,
        @Nullable String organisationName,
        @DefaultValue("clicktrail") String sourceId,
        @Nullable String linkTemplate,
        @DefaultValue("amber") Tlp tlp,
        @DefaultValue("14d") Duration keep,
        @DefaultValue("7d") Duration memory) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Duration LEAST_MEMORY = Duration.ofDays(2);

    public AlerterSettings {
        require(ID.matcher(tenantId).matches(), "tenant-id", tenantId, "letters, digits, dots, dashes, at most 64");
        require(ID.matcher(sourceId).matches(), "source-id", sourceId, "letters, digits, dots, dashes, at most 64");
        require(
                linkTemplate == null || isLink(linkTemplate),
                "link-template",
                String.valueOf(linkTemplate),
                "an http or https link with {alert_id} in it");
        require(keep.isPositive(), "keep", keep, "a positive duration");
        // Window, follow-on and grace of a chain, and a day for the latest evidence.
        require(memory.compareTo(LEAST_MEMORY) >= 0, "memory", memory, "at least 2 days");
    }

    Organisation organisation() {
        return new Organisation(tenantId, organisationName, sourceId, version(), linkTemplate, tlp, keep);
    }

    private static String version() {
        return Objects.requireNonNullElse(AlerterSettings.class.getPackage().getImplementationVersion(), "development");
    }

    private static boolean isLink(String template) {
        if (!template.contains("{alert_id}")) {
            return false;
        }
        try {
            URI link = URI.create(template.replace("{alert_id}", "0"));
            return link.getHost() != null && ("https".equals(link.getScheme()) || "http".equals(link.getScheme()));
        } catch (IllegalArgumentException notALink) {
            return false;
        }
    }

    private static void require(boolean holds, String key, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("clicktrail.alerter." + key + " is '" + value + "' but must be " + rule);
        }
    }
}
