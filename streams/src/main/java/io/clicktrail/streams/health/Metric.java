package io.clicktrail.streams.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** Every metric of the suite. Prometheus shows counters with the suffix {@code _total} and dots as underscores. */
public enum Metric {
    CHAIN_DROPPED("clicktrail.chain.dropped", "Evidence, chains and members dropped at a limit of one host, by limit"),
    DETECTIONS("clicktrail.detections", "Emitted revisions of detections, by change"),
    DEAD_LETTERS("clicktrail.dead.letters", "Records that hit a bug of the service; alert on any"),
    TRANSIENT_FAILURES(
            "clicktrail.transient.failures", "Restarts because broker, registry or disk failed; alert on many"),
    RAW_RECEIVED("clicktrail.raw.received", "Raw records read; received = normalized + ignored + rejected"),
    RAW_NORMALIZED("clicktrail.raw.normalized", "Raw records that gave at least one event"),
    RAW_IGNORED("clicktrail.raw.ignored", "Raw records that were parsed but are not needed, by dataset"),
    RAW_OTHER(
            "clicktrail.raw.other",
            "Ignored records of no known product that hold nothing of use, by the program that they name"),
    RAW_REJECTED("clicktrail.raw.rejected", "Raw records that could not be parsed, by reason; alert on a rise"),
    RAW_FAULTS("clicktrail.raw.faults", "Broken documents in normalized records, by reason; alert on a rise"),
    EVENTS("clicktrail.events", "Events written, by dataset"),
    EVENTS_ENDED(
            "clicktrail.events.ended",
            "Events that nothing after the normalizer can use, which ended where they were parsed"),
    ENRICHER_RECEIVED("clicktrail.enricher.received", "Events that the enricher has read, heartbeats included"),
    ENRICHER_EVIDENCE("clicktrail.enricher.evidence", "Evidence written, by role; one piece may have several"),
    ENRICHER_WAITED("clicktrail.enricher.waited", "Evidence without a host that waits for a lease"),
    ENRICHER_UNRESOLVED("clicktrail.enricher.unresolved", "Evidence emitted without a host after its grace"),
    ENRICHER_PENDING_EVICTED(
            "clicktrail.enricher.pending.evicted",
            "Evidence emitted without a host before its grace, at the limit; alert on any"),
    ENRICHER_NEW_DOMAINS("clicktrail.enricher.new.domains", "Tenant keys seen for the first time"),
    ENRICHER_EXPIRED_DOMAINS("clicktrail.enricher.expired.domains", "Tenant keys without events for half a year"),
    ENRICHER_CAPPED_DOMAINS(
            "clicktrail.enricher.capped.domains", "New tenant keys not stored, at the limit of one suffix"),
    ENRICHER_ALLOWED("clicktrail.enricher.allowed", "Scores lowered by an allow-list entry, by entry"),
    ENRICHER_LIST_AGE("clicktrail.enricher.list.age", "Age of a list in days, by list; alert above 180"),
    ENRICHER_SIGNATURES_EVICTED(
            "clicktrail.enricher.signatures.evicted",
            "Signatures of images, and executions that wait for theirs, that had to go for others of the host"),
    ENRICHER_NAMES_REFUSED(
            "clicktrail.enricher.names.refused", "Names of accounts by uid or SID not kept, at the limit of one host"),
    INTEL_INDICATORS("clicktrail.intel.indicators", "Indicators in force"),
    INTEL_REFUSED("clicktrail.intel.refused", "Indicators refused because the table is full; alert on any"),
    DOMAIN_HISTORY_ENTRIES("clicktrail.domain.history.entries", "Entries of domains' histories known"),
    DOMAIN_HISTORY_REFUSED(
            "clicktrail.domain.history.refused",
            "Entries of domains' histories refused because they are wrong or the table is full; alert on any"),
    ORGANISATION_ENTRIES("clicktrail.organisation.entries", "Hosts, people, exercises and playbooks known"),
    ORGANISATION_REFUSED(
            "clicktrail.organisation.refused",
            "Entries of the organisation refused because they are wrong or the table is full; alert on any"),
    INTEL_RAISED("clicktrail.intel.raised", "Evidence emitted again because of a later indicator"),
    ENRICHER_RECENT_EVICTED(
            "clicktrail.enricher.recent.evicted",
            "Evidence no longer kept for later indicators, at the limit; alert on any"),
    CONTEXT_DISPLACED("clicktrail.context.displaced", "Facts about a subject that its bound displaced"),
    CASES("clicktrail.cases", "Revisions of cases that were sent, by lifecycle and tier"),
    CASES_UNCHANGED("clicktrail.cases.unchanged", "Detections that needed no new revision of their case, by reason"),
    CASE_FEEDBACK("clicktrail.case.feedback", "Accepted feedback on cases, by kind"),
    CASE_FEEDBACK_REFUSED("clicktrail.case.feedback.refused", "Refused feedback on cases, by reason"),
    CASES_SUPPRESSED(
            "clicktrail.cases.suppressed", "New cases not sent to the SOAR because of storm protection, by limit"),
    TIMES_REPLACED(
            "clicktrail.times.replaced",
            "Records whose Kafka timestamp was invalid or ahead of the wall clock, by reason; alert on any"),
    PRODUCER_TIMES(
            "clicktrail.producer.times",
            "Topics whose records have the time of their producer although the broker's is asked for; alert on any"),
    TUNING_FORCED(
            "clicktrail.tuning.forced",
            "Tuning documents in force that silence their platform, by platform; alert on any"),
    TUNING_REFUSED("clicktrail.tuning.refused", "Invalid tuning documents; the previous one stays in force"),
    CORRELATOR_RECEIVED("clicktrail.correlator.received", "Evidence that the correlator has read, heartbeats included"),
    CHAINS_OPEN("clicktrail.chains.open", "Chains that may still grow, by partition of the evidence"),
    ALERTER_RECEIVED("clicktrail.alerter.received", "Detections that the alerter has read"),
    SENSOR_SILENCE("clicktrail.sensor.silence.seconds", "Seconds since the last event of a dataset, by dataset"),
    EVENT_DELAY("clicktrail.event.delay", "From the time of an event to its delivery, by dataset"),
    OLDEST_UNEVALUATED(
            "clicktrail.oldest.unevaluated.seconds",
            "Seconds since the delivery of the oldest record that was fetched and not evaluated; 0 if there is none"),
    CANARY("clicktrail.canary", "From the delivery of a canary to its arrival in the service; alert if none arrives");

    private final String id;
    private final String description;

    Metric(String id, String description) {
        this.id = id;
        this.description = description;
    }

    /** Name under which the metric is registered. */
    public String id() {
        return id;
    }

    /** The counter with these tags, given as key, value, key, value. */
    public Counter counter(MeterRegistry meters, String... tags) {
        return Counter.builder(id).description(description).tags(tags).register(meters);
    }

    /** A gauge of a function, with tags given as key, value, key, value. */
    public Gauge gauge(MeterRegistry meters, Supplier<Number> value, String... tags) {
        return Gauge.builder(id, value).description(description).tags(tags).register(meters);
    }

    /**
     * The timer with these tags, given as key, value, key, value.
     *
     * @param buckets upper bounds of the histogram buckets; none for count, sum and maximum only
     */
    public Timer timer(MeterRegistry meters, Duration[] buckets, String... tags) {
        return Timer.builder(id)
                .description(description)
                .serviceLevelObjectives(buckets)
                .tags(tags)
                .register(meters);
    }
}
