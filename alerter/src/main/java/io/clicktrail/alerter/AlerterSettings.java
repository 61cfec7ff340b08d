package io.clicktrail.alerter;

import io.clicktrail.alert.PlaybookRef;
import io.clicktrail.alert.Severity;
import io.clicktrail.alert.Tlp;
import io.clicktrail.alerter.assets.AssetInventory;
import io.clicktrail.alerter.casefile.OrganisationSettings;
import io.clicktrail.alerter.delivery.AlertStorms;
import io.clicktrail.alerter.delivery.DeliveryLimits;
import io.clicktrail.alerter.delivery.Destination;
import io.clicktrail.alerter.delivery.UpdateThrottle;
import io.clicktrail.alerter.feedback.FeedbackJson;
import io.clicktrail.alerter.feedback.FeedbackSource;
import io.clicktrail.alerter.lifecycle.CaseLifecycle;
import io.clicktrail.alerter.lifecycle.FeedbackHandling;
import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.event.Platform;
import io.clicktrail.feedback.FeedbackKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the alerter.
 *
 * @param tenantId tenant, in every case
 * @param organisationName name of the organisation for people; none if absent
 * @param sourceId id of this installation, the same on all its instances
 * @param linkTemplate link to a case in the operator's own system, with {@code {alert_id}} in it; none if absent
 * @param tlp how far cases may be passed on
 * @param keep how long a case may stay open before it may be archived
 * @param memory how long the last revision of a case is kept; a detection that is revised after that makes a new
 *     case
 * @param retention how long after its last revision a case is deleted from the topic of alerts, by the wall clock; at
 *     least memory
 * @param context how long mails, contacts and alerts are kept that no chain asked for
 * @param dedupWindow event time after a case in which chains of the same host and site are folded into it
 * @param revisionDelay longest wall-clock time that a finding waits for more before it becomes a revision; with 0
 *     every finding is a revision at once
 * @param updateEvery least wall-clock time between two updates of one case to a SOAR, unless it gets worse
 * @param maxUpdates updates of one case to a SOAR, after which only changes for the worse and the close are sent
 * @param falsePositives verdicts on one host and site in 30 days after which an allow-list entry is proposed
 * @param ocsfVersion version that OCSF documents state: 1.5.0 to 1.8.0
 * @param feedback what may be said on the shared topic of feedback; everything by default
 * @param verdictActors how many people must give the same verdict before it closes a critical case, 1 or 2
 * @param storm limits of new cases
 * @param destinations systems with topics of their own, by name
 * @param assets hosts and people that the organisation knows, at most 10,000 each
 * @param playbooks playbooks for such cases, named in every case
 */
@ConfigurationProperties(prefix = "clicktrail.alerter", ignoreUnknownFields = false)
public record AlerterSettings(
        @DefaultValue("default") String tenantId,
        @Nullable String organisationName,
        @DefaultValue("clicktrail") String sourceId,
        @Nullable String linkTemplate,
        @DefaultValue("amber") Tlp tlp,
        @DefaultValue("14d") Duration keep,
        @DefaultValue("30d") Duration memory,
        @DefaultValue("365d") Duration retention,
        @DefaultValue("7d") Duration context,
        @DefaultValue("4h") Duration dedupWindow,
        @DefaultValue("1m") Duration revisionDelay,
        @DefaultValue("60s") Duration updateEvery,
        @DefaultValue("20") int maxUpdates,
        @DefaultValue("3") int falsePositives,
        @DefaultValue("1.5.0") String ocsfVersion,

        @DefaultValue({"acknowledge", "verdict", "case", "action_result"})
        Set<FeedbackKind> feedback,

        @DefaultValue("1") int verdictActors,
        @DefaultValue StormSettings storm,
        @DefaultValue Map<String, DestinationSettings> destinations,
        @DefaultValue AssetInventory assets,
        @DefaultValue List<PlaybookSettings> playbooks) {

    /**
     * Limits of new cases per hour; cases beyond them are summarized.
     *
     * @param perDevice cases of one rule on one device
     * @param perRule cases of one rule
     * @param perTenant all cases
     * @param highFactor how many times these limits high and critical cases have
     * @param summaryEvery time that one summary covers
     */
    public record StormSettings(
            @DefaultValue("30") int perDevice,
            @DefaultValue("200") int perRule,
            @DefaultValue("1000") int perTenant,
            @DefaultValue("10") int highFactor,
            @DefaultValue("5m") Duration summaryEvery) {

        public StormSettings {
            require(perDevice > 0, "storm.per-device", perDevice, "positive");
            require(perRule > 0, "storm.per-rule", perRule, "positive");
            require(perTenant > 0, "storm.per-tenant", perTenant, "positive");
            require(highFactor > 0, "storm.high-factor", highFactor, "positive");
            require(summaryEvery.toSeconds() >= 1, "storm.summary-every", summaryEvery, "at least 1 second");
        }
    }

    /**
     * What one system gets, on the topics {@code soar.<name>.open} and {@code soar.<name>.lifecycle}.
     *
     * @param format format of the values: any but avro, which is on the topic of alerts
     * @param tiers tiers that it takes; all if empty
     * @param severity least severity that it takes
     * @param platforms platforms that it takes; all if empty
     * @param feedback what it may say on its own topic {@code soar.<name>.feedback}; there is none if empty
     */
    public record DestinationSettings(
            @DefaultValue("ocsf") CaseFormat format,
            @DefaultValue Set<Integer> tiers,
            @DefaultValue("unknown") Severity severity,
            @DefaultValue Set<Platform> platforms,
            @DefaultValue Set<FeedbackKind> feedback) {

        public DestinationSettings {
            tiers = Set.copyOf(tiers);
            platforms = Set.copyOf(platforms);
            feedback = Set.copyOf(feedback);
            require(FeedbackJson.KINDS.containsAll(feedback), "destinations.*.feedback", feedback, "kinds to be said");
            require(format.isText(), "destinations.*.format", format, "a text format; Avro is on the topic of alerts");
            require(Set.of(1, 2, 3).containsAll(tiers), "destinations.*.tiers", tiers, "1, 2 or 3");
        }
    }

    /**
     * A playbook in the organisation's own collection.
     *
     * @param standard what it is written in
     * @param id its id there
     * @param version its version
     * @param url where it can be read, http or https
     */
    public record PlaybookSettings(
            @DefaultValue("CACAO") String standard,
            String id,
            @Nullable String version,
            @Nullable String url) {

        public PlaybookSettings {
            requireShort("playbooks.*.standard", standard);
            require(id != null && !id.isBlank(), "playbooks.*.id", String.valueOf(id), "given");
            requireShort("playbooks.*.id", id);
            requireShort("playbooks.*.version", version);
            require(url == null || isLink(url), "playbooks.*.url", String.valueOf(url), "an http or https link");
        }

        PlaybookRef ref() {
            return new PlaybookRef(standard, id, version, url);
        }
    }

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern DESTINATION = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Set<String> OCSF_VERSIONS = Set.of("1.5.0", "1.6.0", "1.7.0", "1.8.0");
    private static final int MAX_PLAYBOOKS = 16;
    private static final Duration MIN_MEMORY = Duration.ofDays(2);

    public AlerterSettings {
        require(ID.matcher(tenantId).matches(), "tenant-id", tenantId, "letters, digits, dots, dashes, at most 64");
        require(ID.matcher(sourceId).matches(), "source-id", sourceId, "letters, digits, dots, dashes, at most 64");
        require(
                linkTemplate == null
                        || linkTemplate.contains("{alert_id}") && isLink(linkTemplate.replace("{alert_id}", "0")),
                "link-template",
                String.valueOf(linkTemplate),
                "an http or https link with {alert_id} in it");
        require(keep.isPositive(), "keep", keep, "a positive duration");
        // Window, follow-on and grace of a chain, and a day for the latest evidence.
        require(memory.compareTo(MIN_MEMORY) >= 0, "memory", memory, "at least 2 days");
        require(retention.compareTo(memory) >= 0, "retention", retention, "at least as long as memory");
        require(context.isPositive(), "context", context, "a positive duration");
        require(!dedupWindow.isNegative(), "dedup-window", dedupWindow, "0 or more");
        require(!revisionDelay.isNegative(), "revision-delay", revisionDelay, "0 or more");
        require(!updateEvery.isNegative(), "update-every", updateEvery, "0 or more");
        require(maxUpdates > 0, "max-updates", maxUpdates, "positive");
        require(falsePositives > 0, "false-positives", falsePositives, "positive");
        require(OCSF_VERSIONS.contains(ocsfVersion), "ocsf-version", ocsfVersion, "1.5.0, 1.6.0, 1.7.0 or 1.8.0");
        require(verdictActors == 1 || verdictActors == 2, "verdict-actors", verdictActors, "1 or 2");
        feedback = Set.copyOf(feedback);
        require(FeedbackJson.KINDS.containsAll(feedback), "feedback", feedback, "kinds that can be said");
        destinations = Map.copyOf(new TreeMap<>(destinations));
        playbooks = List.copyOf(playbooks);
        require(
                playbooks.size() <= MAX_PLAYBOOKS,
                "playbooks",
                playbooks.size() + " entries",
                "at most " + MAX_PLAYBOOKS);
        for (String name : destinations.keySet()) {
            require(
                    DESTINATION.matcher(name).matches(),
                    "destinations",
                    name,
                    "named with small letters, digits and dashes, at most 32");
        }
    }

    CaseLifecycle lifecycle() {
        return new CaseLifecycle(dedupWindow, keep);
    }

    FeedbackHandling feedbackHandling() {
        return new FeedbackHandling(falsePositives, verdictActors);
    }

    UpdateThrottle updateThrottle() {
        return new UpdateThrottle(updateEvery, maxUpdates);
    }

    DeliveryLimits deliveryLimits() {
        return new DeliveryLimits(storm.perDevice, storm.perRule, storm.perTenant, storm.highFactor);
    }

    AlertStorms alertStorms() {
        return new AlertStorms(storm.summaryEvery);
    }

    /** The destinations by name, in the order of their names. */
    SortedMap<String, Destination> sortedDestinations() {
        var sorted = new TreeMap<String, Destination>();
        destinations.forEach((name, settings) -> sorted.put(
                name, new Destination(settings.format, settings.tiers, settings.severity, settings.platforms)));
        return sorted;
    }

    /** The shared topic of feedback. */
    FeedbackSource sharedFeedback() {
        return new FeedbackSource(null, feedback, ownFeedback().keySet());
    }

    /** The destinations with a topic of feedback of their own, by name, in the order of their names. */
    SortedMap<String, FeedbackSource> ownFeedback() {
        var sorted = new TreeMap<String, FeedbackSource>();
        destinations.forEach((name, settings) -> {
            if (!settings.feedback.isEmpty()) {
                sorted.put(name, new FeedbackSource(name, settings.feedback, Set.of()));
            }
        });
        return sorted;
    }

    OrganisationSettings organisation() {
        return new OrganisationSettings(
                tenantId,
                organisationName,
                sourceId,
                version(),
                linkTemplate,
                tlp,
                keep,
                assets,
                playbooks.stream().map(PlaybookSettings::ref).toList());
    }

    private static String version() {
        return Objects.requireNonNullElse(AlerterSettings.class.getPackage().getImplementationVersion(), "development");
    }

    private static boolean isLink(String text) {
        try {
            URI link = URI.create(text);
            return link.getHost() != null && ("https".equals(link.getScheme()) || "http".equals(link.getScheme()));
        } catch (IllegalArgumentException notALink) {
            return false;
        }
    }

    private static void requireShort(String key, @Nullable String text) {
        require(text == null || text.length() <= 128, key, String.valueOf(text), "at most 128 characters");
    }

    private static void require(boolean holds, String key, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("clicktrail.alerter." + key + " is '" + value + "' but must be " + rule);
        }
    }
}
