package io.clicktrail.engine;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.AlerterSettings;
import io.clicktrail.alerter.AlerterTopology;
import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.colocated.ColocatedTopology;
import io.clicktrail.colocated.ColocationSettings;
import io.clicktrail.correlator.CorrelatorSettings;
import io.clicktrail.correlator.CorrelatorTopology;
import io.clicktrail.correlator.kafka.CorrelatorStores;
import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.FirstSeen;
import io.clicktrail.engine.topology.LocalTopics;
import io.clicktrail.engine.topology.LocalTopology;
import io.clicktrail.enricher.EnricherTopology;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.kafka.EnricherStores;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.event.Event;
import io.clicktrail.identity.Lease;
import io.clicktrail.intel.Indicator;
import io.clicktrail.normalizer.NormalizerSettings;
import io.clicktrail.normalizer.NormalizerTopology;
import io.clicktrail.normalizer.heartbeat.HeartbeatTrust;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.tuning.Tuning;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Normalizer, enricher, correlator and alerter in one process and on one thread: raw records in, cases out.
 *
 * <pre>{@code
 * try (var engine = new Engine(EngineSettings.defaults())) {
 *     engine.knows("example.com");
 *     for (byte[] record : records) {
 *         engine.deliver(record, deliveredMillis);
 *     }
 *     List<Alert> cases = engine.finish();
 * }
 * }</pre>
 *
 * <p>The engine runs the services' own topologies with their defaults (normalizer and enricher as one where a setting
 * of {@code clicktrail.colocation} is given), over topics of one partition, so that a case has the id, tier and
 * content that the services give it. State is bounded as theirs is; where it is more than a few hundred entries of
 * evidence or cases, the rest is in a RocksDB in a temporary folder, as theirs is on disk.
 *
 * <p><b>Time.</b> The wall clock is the time of delivery: between two records it moves on as it would have live. The
 * alerter's clock alone stands still, as nobody acknowledges cases: no deadline passes. No real clock is asked, so the
 * same deliveries give the same cases.
 *
 * <p>Tables (tuning, indicators, known names, leases) are given before the first record. Not safe for several threads;
 * engines share nothing but what their settings share.
 */
public final class Engine implements AutoCloseable {

    /** Before any log. */
    private static final Instant ALWAYS = Instant.EPOCH;

    private static final String SEED = "seed";

    /** More than the correlator takes to be sure that time has passed, milliseconds. */
    private static final long SETTLED = 60_000;

    private static final long HEARTBEAT_INTERVAL = 2_000;

    /** Evidence of open chains is read again and again. */
    private static final int EVIDENCE_IN_MEMORY = 400;

    /** Those in use are in the enricher's books. */
    private static final int LEASES_IN_MEMORY = 2_000;

    /** A case is seldom read after its first seconds, and takes some 70 kB. */
    private static final int CASES_IN_MEMORY = 100;

    private final Topics topics;
    private final LocalTopics local;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<Runnable> tables = new ArrayList<>();
    private final Map<String, Tuning> tunings = new LinkedHashMap<>();
    private final Map<String, Alert> cases = new HashMap<>();
    private final String raw;
    private boolean isStarted;
    private long offset;
    private long entries;
    private long last = Long.MIN_VALUE;

    static {
        AvroSetup.install();
    }

    /**
     * An engine that keeps the last revision of every case for {@link #finish}, which takes some 70 kB each.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException where a setting is not what it should be
     */
    public Engine(EngineSettings settings) {
        this(settings, null);
    }

    /**
     * An engine that keeps no case, for logs of any length.
     *
     * @param revisions takes each revision of each case as it is made, while a record is delivered or at the end; a
     *     case is its last revision by {@link Alert#getAlertId() id}
     * @throws org.springframework.boot.context.properties.bind.BindException where a setting is not what it should be
     */
    public static Engine handingOver(EngineSettings settings, Consumer<Alert> revisions) {
        return new Engine(settings, revisions);
    }

    private Engine(EngineSettings settings, @Nullable Consumer<Alert> revisions) {
        local = new LocalTopics(settings.slowest(), settings.stalls());
        topics = Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new StateSerdes());
        raw = topics.raw().getFirst().name();
        var ofNormalizer = settings.of("normalizer", NormalizerSettings.class);
        Supplier<Normalizer> normalizers = () -> settings.shared().normalizer(ofNormalizer);
        var ofEnricher = settings.of("enricher", EnricherSettings.class);
        LocalTopology enricher = local.topology("enricher", true, Engine::inMemoryOfEnricher);
        if (ColocationSettings.isIn(settings.services())) {
            ColocatedTopology.build(
                    enricher,
                    topics,
                    settings.of("colocation", ColocationSettings.class),
                    ofNormalizer,
                    normalizers,
                    HeartbeatTrust.ALL,
                    ofEnricher,
                    settings.catalogues(),
                    meters);
        } else {
            NormalizerTopology.build(
                    local.topology("normalizer", true), topics, ofNormalizer, normalizers, HeartbeatTrust.ALL, meters);
            EnricherTopology.build(enricher, topics, ofEnricher, settings.catalogues(), meters);
        }
        CorrelatorTopology.build(
                local.topology(
                        "correlator",
                        true,
                        store -> store.equals(CorrelatorStores.EVIDENCE) ? EVIDENCE_IN_MEMORY : LocalTopics.ALL),
                topics,
                settings.of("correlator", CorrelatorSettings.class),
                meters);
        AlerterTopology.build(
                local.topology("alerter", false, store -> CASES_IN_MEMORY),
                topics,
                settings.of("alerter", AlerterSettings.class),
                meters);
        listen(topics.alerts(), alert -> {
            if (revisions == null) {
                cases.compute(alert.key(), (id, known) -> later(known, alert.value()));
            } else if (alert.value() != null) {
                revisions.accept(alert.value());
            }
        });
    }

    private static int inMemoryOfEnricher(String store) {
        return switch (store) {
            case EnricherStores.RECENT_EVIDENCE -> EVIDENCE_IN_MEMORY;
            case EnricherStores.LEASES -> LEASES_IN_MEMORY;
            default -> LocalTopics.ALL;
        };
    }

    /** Puts a tuning document in force for its platform. */
    public void tune(Tuning document) {
        String platform = document.getPlatform().name();
        tunings.put(platform, document);
        table(() -> put(topics.tuning(), platform, document, 0));
    }

    /** Puts an indicator in force. */
    public void indicate(Indicator indicator) {
        table(() -> put(topics.intel(), IntelTable.key(indicator), indicator, 0));
    }

    /** Says what a source outside knows of a domain's past. */
    public void knows(DomainHistory entry) {
        table(() -> put(topics.domainsHistory(), DomainHistoryTable.key(entry), entry, 0));
    }

    /** Says what the organisation knows of a host, a person, an exercise or a playbook. */
    public void knows(OrganisationEntry entry) {
        table(() -> put(topics.organisation(), OrganisationTable.key(entry), entry, 0));
    }

    /** Says that a tenant key (a registrable domain, or what stands for one) is known for long. */
    public void knows(String tenantKey) {
        known(new FirstSeen(tenantKey, ALWAYS, SEED, null));
    }

    /** Says that a tenant key is known for long, and as one that hands out programs. */
    public void knowsAsSourceOfPrograms(String tenantKey) {
        known(new FirstSeen(tenantKey, ALWAYS, SEED, ALWAYS));
    }

    /** Says when a tenant key was first seen here. */
    public void known(FirstSeen place) {
        table(() -> put(topics.domains(), place.getTenantKey(), place, Math.max(0, last)));
    }

    /** Says which host an address, user or name belongs to. */
    public void lease(Lease lease) {
        table(() -> put(
                topics.identities(),
                lease.getKey(),
                lease,
                Math.clamp(lease.getFrom().toEpochMilli(), 0, Math.max(0, last))));
    }

    /**
     * Passes every record of a topic on while the engine runs, in order. Texts for topics that nobody listens to, such
     * as the OCSF of a case, are not made.
     *
     * @param topic one of {@link #topics()}
     * @throws IllegalStateException after the first record
     */
    public <K, V> void listen(Topic<K, V> topic, Consumer<Record<K, V>> listener) {
        local.listen(topic.name(), listener);
    }

    public Topics topics() {
        return topics;
    }

    /** The services' metrics. */
    public MeterRegistry meters() {
        return meters;
    }

    /**
     * Takes a raw record, and returns when all that came of it is done.
     *
     * @param value the record as a collector would write it
     * @param delivered when it came, milliseconds since 1970; a time before that of the record before counts as that
     */
    public void deliver(byte[] value, long delivered) {
        moveTo(delivered);
        local.put(raw, null, value, last, new RecordPosition(raw, 0, offset++));
    }

    /**
     * Takes an event that a normalizer has written already, in place of its raw record, and returns when all that came
     * of it is done.
     *
     * @param key key of the event's record
     * @param delivered when it came, milliseconds since 1970; a time before that of the record before counts as that
     */
    public void deliver(String key, Event event, long delivered) {
        moveTo(delivered);
        String from = topics.events().name();
        local.put(from, key, event, last, new RecordPosition(from, 0, offset++));
    }

    /**
     * Lets time pass until all windows have closed.
     *
     * @return the last revision of every case, in the order of their first events; none where they are handed over
     */
    public List<Alert> finish() {
        if (isStarted) {
            var times = ReplayTimes.of(tunings.values());
            local.settle();
            long end = times.pastWindows(last);
            heartbeat(times.pastGrace(last));
            for (long at = end; at <= end + SETTLED; at += HEARTBEAT_INTERVAL) {
                heartbeat(at);
            }
        }
        return cases.values().stream()
                .sorted(Comparator.comparing(Alert::getFirstEventTime).thenComparing(Alert::getAlertId))
                .toList();
    }

    @Override
    public void close() {
        local.close();
        meters.close();
    }

    private void moveTo(long delivered) {
        last = Math.max(last, Math.max(0, delivered));
        if (isStarted) {
            local.advance(last);
        } else {
            start();
        }
    }

    private void start() {
        local.start(last);
        isStarted = true;
        tables.forEach(Runnable::run);
        tables.clear();
    }

    private void table(Runnable entry) {
        if (isStarted) {
            throw new IllegalStateException("tables are given before the first record");
        }
        tables.add(entry);
    }

    private void heartbeat(long at) {
        deliver(("{\"clicktrail.heartbeat\":\"" + at + "-0\"}").getBytes(StandardCharsets.UTF_8), at);
        local.settle();
    }

    private <V> void put(Topic<String, V> topic, String key, V value, long timestamp) {
        local.put(topic.name(), key, value, timestamp, new RecordPosition(topic.name(), 0, entries++));
    }

    /** A tombstone removes what was known. */
    private static @Nullable Alert later(@Nullable Alert known, @Nullable Alert next) {
        return known == null || next == null || next.getRevision() > known.getRevision() ? next : known;
    }
}
