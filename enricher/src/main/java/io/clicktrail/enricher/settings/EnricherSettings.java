package io.clicktrail.enricher.settings;

import io.clicktrail.enricher.identity.SharedAddresses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the enricher.
 *
 * @param learning how long nothing counts as a newly observed domain after a partition's first record, in delivery
 *     time; 0 to 365 days. PT0S ends learning, as after the table of domains was seeded from history
 * @param newNamesPerSuffix new tenant keys that are kept below one suffix of shared hosting in an hour, by partition; 1
 *     to 1,000,000
 * @param waitingEvidence greatest number of pieces of evidence without a host that one task keeps through the grace, 1
 *     to 10,000,000
 * @param leaseSettling how long evidence waits for a later claim although its address or user has a host already, or
 * for the qualified name of a host that is new under a short one, by delivery time or the wall clock; 0 to 1 hour.
 * Longer is surer where leases are delivered late, and delays what network sensors say
 * @param recentEvidence greatest number of pieces of evidence that one task remembers for intel that comes later, 1 to
 *     10,000,000
 * @param recentFor how long it remembers them, delivery time; up to 30 days. The default is as long as a case stays
 *     open
 * @param intelCapacity greatest number of indicators, about 100 bytes of heap each, 1 to 20,000,000
 * @param domainHistoryCapacity greatest number of entries of domains' histories, about 250 bytes of heap each, 1 to
 *     20,000,000
 * @param sharedAddresses addresses and networks that are several hosts' at once, by kind: nat, vdi, proxy, resolver,
 *     detonator
 * @param enrichedEvents whether every event goes to the SIEM with what is known of it, and how: off, avro or ecs
 * @param lists a folder whose files replace lists that ship with the enricher, each by its name
 */
@ConfigurationProperties(prefix = "clicktrail.enricher", ignoreUnknownFields = false)
public record EnricherSettings(
        @DefaultValue("P14D") Duration learning,
        @DefaultValue("1000") int newNamesPerSuffix,
        @DefaultValue("50000") int waitingEvidence,
        @DefaultValue("PT5S") Duration leaseSettling,
        @DefaultValue("100000") int recentEvidence,
        @DefaultValue("PT26H") Duration recentFor,
        @DefaultValue("1000000") int intelCapacity,
        @DefaultValue("2000000") int domainHistoryCapacity,
        @DefaultValue Map<String, List<String>> sharedAddresses,
        @DefaultValue("off") EnrichedEvents enrichedEvents,
        @Nullable Path lists) {

    private static final Duration MAX_LEARNING = Duration.ofDays(365);
    private static final Duration MAX_SETTLING = Duration.ofHours(1);
    private static final Duration MAX_MEMORY = Duration.ofDays(30);
    private static final int MAX_EVIDENCE = 10_000_000;
    private static final int MAX_INDICATORS = 20_000_000;
    private static final int MAX_NAMES = 1_000_000;

    public EnricherSettings {
        duration("learning", learning, MAX_LEARNING, "0 to 365 days");
        number("new-names-per-suffix", newNamesPerSuffix, MAX_NAMES);
        number("waiting-evidence", waitingEvidence, MAX_EVIDENCE);
        duration("lease-settling", leaseSettling, MAX_SETTLING, "0 to 1 hour");
        number("recent-evidence", recentEvidence, MAX_EVIDENCE);
        duration("recent-for", recentFor, MAX_MEMORY, "0 to 30 days");
        number("intel-capacity", intelCapacity, MAX_INDICATORS);
        number("domain-history-capacity", domainHistoryCapacity, MAX_INDICATORS);
        sharedAddresses = Map.copyOf(sharedAddresses);
        SharedAddresses.of(sharedAddresses);
    }

    /** The operator's shared addresses. */
    public SharedAddresses shared() {
        return SharedAddresses.of(sharedAddresses);
    }

    private static void duration(String key, Duration value, Duration most, String rule) {
        require(!value.isNegative() && value.compareTo(most) <= 0, key, value, rule);
    }

    private static void number(String key, int value, int most) {
        require(value >= 1 && value <= most, key, value, "1 to " + most);
    }

    private static void require(boolean holds, String key, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "clicktrail.enricher." + key + " is '" + value + "' but must be " + rule);
        }
    }

    /** In which form the SIEM gets every event. */
    public enum EnrichedEvents {
        OFF,
        AVRO,
        ECS
    }
}
