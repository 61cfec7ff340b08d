package io.clicktrail.enricher;

import io.clicktrail.context.ContextFact;
import io.clicktrail.domains.FirstSeen;
import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.kafka.AllowListCounter;
import io.clicktrail.enricher.kafka.ClaimIdentities;
import io.clicktrail.enricher.kafka.EmitContext;
import io.clicktrail.enricher.kafka.EmitSightings;
import io.clicktrail.enricher.kafka.EnrichEvents;
import io.clicktrail.enricher.kafka.EnricherStores;
import io.clicktrail.enricher.kafka.EventSource;
import io.clicktrail.enricher.kafka.EvidenceCounter;
import io.clicktrail.enricher.kafka.FirstSeenInput;
import io.clicktrail.enricher.kafka.HeartbeatPartitioner;
import io.clicktrail.enricher.kafka.LoadDomainHistory;
import io.clicktrail.enricher.kafka.LoadIntel;
import io.clicktrail.enricher.kafka.RecordFirstSeen;
import io.clicktrail.enricher.kafka.RelevantEvents;
import io.clicktrail.enricher.kafka.ReportCoverage;
import io.clicktrail.enricher.kafka.ResolutionInput;
import io.clicktrail.enricher.kafka.ResolutionOutput;
import io.clicktrail.enricher.kafka.ResolveHosts;
import io.clicktrail.enricher.relevance.EventRelevance;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.enricher.settings.EnricherSettings.EnrichedEvents;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.EventEcsJson;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.topics.TuningTopic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The enricher's stream processing: events in; evidence, context facts, leases, first-seen times, coverage, enriched
 * events and audit entries out. Only evidence whose domain might be new takes the extra hop by tenant key.
 */
public final class EnricherTopology {

    private final Topics topics;
    private final EnricherSettings settings;
    private final MeterRegistry meters;
    private final StateSerdes stateSerdes = new StateSerdes();
    private final EnricherStores stores = new EnricherStores(stateSerdes);
    private final TuningTable tunings;
    private final IntelTable intelTable;
    private final IntelLookup intel;
    private final DomainHistoryTable history;
    private final EvidenceCounter count;

    private EnricherTopology(Topics topics, EnricherSettings settings, Catalogues catalogues, MeterRegistry meters) {
        this.topics = topics;
        this.settings = settings;
        this.meters = meters;
        this.tunings = new TuningTable(catalogues);
        this.intelTable = new IntelTable(settings.intelCapacity());
        this.intel = new IntelLookup(intelTable, catalogues.domains().intelWeight());
        this.history = new DomainHistoryTable(settings.domainHistoryCapacity());
        this.count = new EvidenceCounter(meters);
    }

    /** Adds the enricher to a builder. */
    public static void build(
            StreamsBuilder builder,
            Topics topics,
            EnricherSettings settings,
            Catalogues catalogues,
            MeterRegistry meters) {
        build(builder, topics, settings, catalogues, meters, EventSource.TOPIC);
    }

    /** The same with events from elsewhere than the topic of all events. */
    public static void build(
            StreamsBuilder builder,
            Topics topics,
            EnricherSettings settings,
            Catalogues catalogues,
            MeterRegistry meters,
            EventSource source) {
        var topology = new EnricherTopology(topics, settings, catalogues, meters);
        TuningTopic.read(builder, topics, topology.tunings, meters);
        topology.loadIntel(builder);
        topology.loadDomainHistory(builder);
        KStream<String, Event> events = source.events(builder, topics, topology.relevantEvents());
        topology.claimIdentities(events);
        topology.publishContext(events);
        KStream<String, ResolutionInput> enriched = topology.enrich(events)
                .merge(events.process(ReportCoverage::new, Named.as("report-coverage")), Named.as("join-coverage"));
        KStream<String, ResolutionOutput> located = topology.resolveHosts(builder, enriched);
        topology.publishCoverage(located);
        topology.publishUserLeases(located);
        topology.publishAudit(located);
        topology.publishEvents(located);
        KStream<String, Evidence> evidence =
                only(located, ResolutionOutput.ForChains.class, ResolutionOutput.ForChains::evidence, "evidence");
        topology.write(evidence.filterNot(EnricherTopology::awaitsNovelty, Named.as("keep-known")), "known");
        KStream<String, SpecificRecord> completed = topology.recordFirstSeen(
                builder, evidence.filter(EnricherTopology::awaitsNovelty, Named.as("keep-awaiting")));
        topology.publishDomains(completed);
        topology.write(
                completed
                        .filter((key, value) -> value instanceof Evidence, Named.as("keep-finished"))
                        .mapValues(Evidence.class::cast, Named.as("take-finished")),
                "finished");
    }

    private RelevantEvents relevantEvents() {
        return new RelevantEvents(
                () -> new EventRelevance(tunings, intel, history, settings.shared()),
                settings.enrichedEvents() != EnrichedEvents.OFF,
                meters);
    }

    private void loadIntel(StreamsBuilder builder) {
        Metric.INTEL_INDICATORS.gauge(meters, intelTable::size);
        builder.addGlobalStore(
                stores.intel(),
                topics.intel().name(),
                read(topics.intel(), "read-intel"),
                () -> new LoadIntel(intelTable, meters));
    }

    private void loadDomainHistory(StreamsBuilder builder) {
        Metric.DOMAIN_HISTORY_ENTRIES.gauge(meters, history::size);
        builder.addGlobalStore(
                stores.domainHistory(),
                topics.domainsHistory().name(),
                read(topics.domainsHistory(), "read-domain-history"),
                () -> new LoadDomainHistory(history, meters));
    }

    private void publishCoverage(KStream<String, ResolutionOutput> located) {
        only(located, ResolutionOutput.Covered.class, ResolutionOutput.Covered::coverage, "coverage")
                .to(topics.coverage().name(), written(topics.coverage(), "write-coverage"));
    }

    private void publishUserLeases(KStream<String, ResolutionOutput> located) {
        only(located, ResolutionOutput.UserLease.class, ResolutionOutput.UserLease::lease, "user-leases")
                .to(topics.identities().name(), written(topics.identities(), "write-user-leases"));
    }

    private void publishAudit(KStream<String, ResolutionOutput> located) {
        only(located, ResolutionOutput.Audited.class, ResolutionOutput.Audited::entry, "audit")
                .to(topics.audit().name(), written(topics.audit(), "write-audit"));
    }

    private void claimIdentities(KStream<String, Event> events) {
        events.process(() -> new ClaimIdentities(settings.shared()), Named.as("claim-identities"))
                .to(topics.identities().name(), written(topics.identities(), "write-identities"));
    }

    private KStream<String, ResolutionInput> enrich(KStream<String, Event> events) {
        var allowed = new AllowListCounter(meters);
        boolean describes = settings.enrichedEvents() != EnrichedEvents.OFF;
        return events.process(
                with(
                        () -> new EnrichEvents(
                                tunings,
                                new Enrichment(tunings.catalogues(), intel, history, settings.shared(), allowed),
                                describes,
                                meters),
                        stores.processes(),
                        stores.askingEvents(),
                        stores.accountNames(),
                        stores.imageSignatures()),
                Named.as("enrich-events"));
    }

    private KStream<String, ResolutionOutput> resolveHosts(
            StreamsBuilder builder, KStream<String, ResolutionInput> enriched) {
        KStream<String, ResolutionInput> claimed = builder.stream(
                        topics.identities().name(), read(topics.identities(), "read-identities"))
                .filter((key, lease) -> lease != null, Named.as("skip-deleted-leases"))
                .mapValues(ResolutionInput.Claimed::new, Named.as("take-leases"));
        return enriched.merge(claimed, Named.as("join-leases"))
                .process(
                        with(
                                () -> new ResolveHosts(tunings, settings, intel, meters),
                                stores.leases(),
                                stores.pendingEvidence(),
                                stores.recentEvidence()),
                        Named.as("resolve-hosts"));
    }

    /** Mails, alerts of other products and follow-on activity, which play no part in a chain. */
    private void publishContext(KStream<String, Event> events) {
        writeContext(events.process(() -> new EmitContext(tunings), Named.as("extract-context")), "event");
    }

    private void publishEvents(KStream<String, ResolutionOutput> located) {
        if (settings.enrichedEvents() == EnrichedEvents.OFF) {
            return;
        }
        KStream<String, Evidence> described =
                only(located, ResolutionOutput.ForSiem.class, ResolutionOutput.ForSiem::evidence, "described");
        if (settings.enrichedEvents() == EnrichedEvents.AVRO) {
            described.to(topics.eventsEnriched().name(), written(topics.eventsEnriched(), "write-enriched"));
        } else {
            var json = EventEcsJson.ofEvidence();
            described
                    .mapValues(json::write, Named.as("render-enriched"))
                    .to(topics.eventsEnrichedEcs().name(), written(topics.eventsEnrichedEcs(), "write-enriched"));
        }
    }

    private KStream<String, SpecificRecord> recordFirstSeen(
            StreamsBuilder builder, KStream<String, Evidence> awaiting) {
        KStream<String, FirstSeenInput> observed = awaiting.selectKey(
                        (host, evidence) -> evidence.getDomain().getTenantKey(), Named.as("select-tenant-key"))
                .repartition(Repartitioned.with(Serdes.String(), stateSerdes.of(Evidence.class))
                        .withName("by-tenant-key"))
                .mapValues(FirstSeenInput.Observed::new, Named.as("take-observations"));
        KStream<String, FirstSeenInput> recorded = builder.stream(
                        topics.domains().name(), read(topics.domains(), "read-domains"))
                .filter((key, firstSeen) -> firstSeen != null, Named.as("skip-deleted-domains"))
                .mapValues(FirstSeenInput.Recorded::new, Named.as("take-domains"));
        return observed.merge(recorded, Named.as("join-domains"))
                .process(
                        with(() -> new RecordFirstSeen(tunings, settings, meters), stores.firstSeen()),
                        Named.as("record-first-seen"));
    }

    private void publishDomains(KStream<String, SpecificRecord> completed) {
        completed
                .filterNot((key, value) -> value instanceof Evidence, Named.as("keep-first-seen"))
                .mapValues(FirstSeen.class::cast, Named.as("take-first-seen"))
                .to(topics.domains().name(), written(topics.domains(), "write-domains"));
    }

    private void write(KStream<String, Evidence> evidence, String which) {
        KStream<String, Evidence> counted = evidence.peek(count, Named.as("count-" + which + "-evidence"));
        writeContext(counted.process(EmitSightings::new, Named.as("emit-" + which + "-sightings")), which);
        counted.to(
                topics.evidence().name(),
                written(topics.evidence(), "write-" + which + "-evidence")
                        .withStreamPartitioner(new HeartbeatPartitioner()));
    }

    private void writeContext(KStream<String, ContextFact> facts, String which) {
        facts.to(topics.context().name(), written(topics.context(), "write-" + which + "-context"));
    }

    private static boolean awaitsNovelty(String host, Evidence evidence) {
        return Enrichment.awaitsNovelty(evidence);
    }

    private static <D extends ResolutionOutput, V> KStream<String, V> only(
            KStream<String, ResolutionOutput> located, Class<D> kind, Function<D, V> content, String what) {
        return located.filter((key, output) -> kind.isInstance(output), Named.as("keep-" + what))
                .mapValues(output -> content.apply(kind.cast(output)), Named.as("take-" + what));
    }

    private static <K, V> Consumed<K, V> read(Topic<K, V> topic, String name) {
        return Consumed.with(topic.keySerde(), topic.valueSerde()).withName(name);
    }

    private static <K, V> Produced<K, V> written(Topic<K, V> topic, String name) {
        return Produced.with(topic.keySerde(), topic.valueSerde()).withName(name);
    }

    private static <I, O> ProcessorSupplier<String, I, String, O> with(
            Supplier<Processor<String, I, String, O>> supplier, StoreBuilder<?>... owned) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, I, String, O> get() {
                return supplier.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(owned);
            }
        };
    }
}
