package io.clicktrail.schemas;

import io.clicktrail.alert.Alert;
import io.clicktrail.audit.AuditEntry;
import io.clicktrail.context.ContextFact;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.detection.Detection;
import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.FirstSeen;
import io.clicktrail.event.Event;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.identity.Lease;
import io.clicktrail.intel.Indicator;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.tuning.Tuning;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;

/**
 * All topics of the suite. Topic names are only here.
 *
 * @param raw logs as collectors deliver them; bytes in any supported format
 * @param rejected raw records that could not be parsed, unchanged, with the reason in headers
 * @param events normalized events, keyed by host (or {@code ip:}… / {@code user:}… where no host is known)
 * @param eventsRelevant where normalizer and enricher are one service: the events that the enricher can use, keyed as
 *     events; of those of which only time, host and pid count no more is there
 * @param evidence events that can be part of a chain, keyed by host; same partition count as events
 * @param eventsEnriched every event with the results of the enricher, Avro, if configured; keyed as events
 * @param eventsEnrichedEcs the same topic in ECS JSON
 * @param context facts that answer questions about chains: sightings of places and files, mails, alerts of other
 *     products; keyed as events
 * @param detections chains, keyed by host
 * @param alerts cases, keyed by alert id, compacted
 * @param alertsShadow cases that a tuning on trial makes beside the one in force, keyed by alert id, compacted
 * @param soarTier1 new cases for tier 1, OCSF JSON, keyed by alert id
 * @param soarTier2 new cases for tier 2, OCSF JSON, keyed by alert id
 * @param soarUpdates updates and closes of cases, OCSF JSON, keyed by alert id
 * @param soarFeedback feedback of SOARs and analysts on cases, flat JSON with the names of {@link
 *     io.clicktrail.feedback.Feedback}, keyed by alert id
 * @param siemEcs every revision of every case for the SIEM, ECS JSON, keyed by alert id
 * @param tuning tuning documents by platform, compacted
 * @param intel indicators of feeds and analysts, compacted
 * @param organisation hosts, people, exercises and playbooks that the organisation knows, compacted
 * @param domains first-seen time of each tenant key, compacted; same partition count as events
 * @param domainsHistory what sources outside say of domains' past, compacted
 * @param identities leases by address or user, compacted; same partition count as events
 * @param coverage sensors by host, compacted; same partition count as events
 * @param audit who changed what the services do, or tried to, keyed by what was changed
 */
public record Topics(
        String prefix,
        List<Topic<byte[], byte[]>> raw,
        Topic<byte[], byte[]> rejected,
        Topic<String, Event> events,
        Topic<String, Event> eventsRelevant,
        Topic<String, Evidence> evidence,
        Topic<String, Evidence> eventsEnriched,
        Topic<String, String> eventsEnrichedEcs,
        Topic<String, ContextFact> context,
        Topic<String, Detection> detections,
        Topic<String, Alert> alerts,
        Topic<String, Alert> alertsShadow,
        Topic<String, String> soarTier1,
        Topic<String, String> soarTier2,
        Topic<String, String> soarUpdates,
        Topic<String, String> soarFeedback,
        Topic<String, String> siemEcs,
        Topic<String, Tuning> tuning,
        Topic<String, Indicator> intel,
        Topic<String, OrganisationEntry> organisation,
        Topic<String, FirstSeen> domains,
        Topic<String, DomainHistory> domainsHistory,
        Topic<String, Lease> identities,
        Topic<String, Coverage> coverage,
        Topic<String, AuditEntry> audit) {

    /** Defaults of the prefix and the raw topics. */
    public static final String DEFAULT_PREFIX = "clicktrail";

    public static final List<String> DEFAULT_RAW = List.of("raw.logs");

    public Topics {
        raw = List.copyOf(raw);
    }

    /**
     * Application id of a service: its consumer group, and the first part of the names of its internal topics and
     * transactions. Two installations with prefixes of their own so share a cluster.
     */
    public String application(String service) {
        return prefix + "-" + service;
    }

    /**
     * The topics with a prefix.
     *
     * @param rawNames names of the raw topics below the prefix, at least one
     */
    public static Topics of(String prefix, List<String> rawNames, AvroSerdes serdes) {
        var bytes = Serdes.ByteArray();
        return new Topics(
                prefix,
                rawNames.stream()
                        .map(name -> new Topic<>(prefix + "." + name, bytes, bytes))
                        .toList(),
                new Topic<>(prefix + ".raw.rejected", bytes, bytes),
                avro(prefix, "events", Event.class, serdes),
                avro(prefix, "events.relevant", Event.class, serdes),
                avro(prefix, "evidence", Evidence.class, serdes),
                avro(prefix, "events.enriched", Evidence.class, serdes),
                json(prefix, "events.enriched"),
                avro(prefix, "context", ContextFact.class, serdes),
                avro(prefix, "detections", Detection.class, serdes),
                avro(prefix, "alerts", Alert.class, serdes),
                avro(prefix, "alerts.shadow", Alert.class, serdes),
                json(prefix, "soar.tier1"),
                json(prefix, "soar.tier2"),
                json(prefix, "soar.updates"),
                json(prefix, "soar.feedback"),
                json(prefix, "siem.ecs"),
                avro(prefix, "tuning", Tuning.class, serdes),
                avro(prefix, "intel", Indicator.class, serdes),
                avro(prefix, "organisation", OrganisationEntry.class, serdes),
                avro(prefix, "domains", FirstSeen.class, serdes),
                avro(prefix, "domains.history", DomainHistory.class, serdes),
                avro(prefix, "identities", Lease.class, serdes),
                avro(prefix, "coverage", Coverage.class, serdes),
                avro(prefix, "audit", AuditEntry.class, serdes));
    }

    /** Dead letters of a service: records that hit a bug. */
    public String dlq(String service) {
        return prefix + "." + service + ".dlq";
    }

    /** New cases for one configured destination, in its own format, keyed by alert id. */
    public Topic<String, String> soarOpen(String destination) {
        return json(prefix, "soar." + destination + ".open");
    }

    /** Updates and closes of cases for one configured destination, in its own format, keyed by alert id. */
    public Topic<String, String> soarLifecycle(String destination) {
        return json(prefix, "soar." + destination + ".lifecycle");
    }

    /** Feedback of one configured destination, keyed by alert id; its ACL shows who writes it. */
    public Topic<String, String> soarFeedback(String destination) {
        return json(prefix, "soar." + destination + ".feedback");
    }

    private static <T extends SpecificRecord> Topic<String, T> avro(
            String prefix, String name, Class<T> type, AvroSerdes serdes) {
        return new Topic<>(prefix + "." + name, Serdes.String(), serdes.of(type));
    }

    private static Topic<String, String> json(String prefix, String name) {
        return new Topic<>(prefix + "." + name, Serdes.String(), Serdes.String());
    }
}
