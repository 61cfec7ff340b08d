package io.clicktrail.enricher.kafka;

import io.clicktrail.coverage.Coverage;
import io.clicktrail.enricher.domain.AllowListListener;
import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.evidence.EvidenceCompletion;
import io.clicktrail.enricher.evidence.LateIntel;
import io.clicktrail.enricher.identity.AddressLeases;
import io.clicktrail.enricher.identity.HostResolution;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.Role;
import io.clicktrail.identity.Lease;
import io.clicktrail.streams.commits.CommitPolicy;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Gives evidence the host that it belongs under, once, and sends it again when intel that came later says more of it.
 *
 * <p>Evidence of network and mail logs gets the host that had the address or user at the time of the event. It goes on
 * at once where a later claim of the same host confirms the answer, else when the answer had time to settle, and
 * unresolved when nobody has claimed the key by the end of the grace. It goes on under one host only: the answer is not
 * corrected afterwards, and a second delivery inside the grace is known for one.
 *
 * <p>What has gone on is remembered for a day and two hours, as are observations of domains that earned no role.
 * Whenever the table of indicators has changed, and after every start, a round over that memory asks the table again
 * about each piece and sends on what it now says more of. The rounds compare with what is stored and nothing else, so
 * that no crash, rebalance or order of arrival makes one miss or raise twice.
 */
public final class ResolveHosts implements Processor<String, ResolutionInput, String, ResolutionOutput> {

    private static final Duration CHECK = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int MAX_LOOKED_AT = 10_000;
    private static final int MAX_OBSERVATIONS = 50_000;
    private static final List<Role> EGRESS_ALONE = List.of(Role.EGRESS);

    private final TuningTable tunings;
    private final EnricherSettings settings;
    private final IntelLookup intel;
    private final Enrichment enrichment;
    private final Counter waited;
    private final Counter unresolved;
    private final Counter crowdedOut;
    private final Counter raised;
    private final Counter forgotten;
    private final LruCache<Observation, ObservationTimes> observations = new LruCache<>(MAX_OBSERVATIONS);
    private ProcessorContext<String, ResolutionOutput> context;
    private LeaseStore leases;
    private PendingEvidenceStore waiting;
    private RecentEvidenceStore memory;
    private long askedAtVersion = -1;

    public ResolveHosts(TuningTable tunings, EnricherSettings settings, IntelLookup intel, MeterRegistry meters) {
        this.tunings = tunings;
        this.settings = settings;
        this.intel = intel;
        this.enrichment = new Enrichment(tunings.catalogues(), intel, settings.shared(), AllowListListener.NONE);
        this.waited = Metric.ENRICHER_WAITED.counter(meters);
        this.unresolved = Metric.ENRICHER_UNRESOLVED.counter(meters);
        this.crowdedOut = Metric.ENRICHER_PENDING_EVICTED.counter(meters);
        this.raised = Metric.INTEL_RAISED.counter(meters);
        this.forgotten = Metric.ENRICHER_RECENT_EVICTED.counter(meters);
    }

    @Override
    public void init(ProcessorContext<String, ResolutionOutput> given) {
        context = given;
        leases = new LeaseStore(context.getStateStore(EnricherStores.LEASES));
        waiting = new PendingEvidenceStore(
                context.getStateStore(EnricherStores.PENDING_EVIDENCE), settings.waitingEvidence());
        memory = new RecentEvidenceStore(
                context.getStateStore(EnricherStores.RECENT_EVIDENCE), settings.recentEvidence());
        CommitPolicy.apply(context);
        context.schedule(CHECK, PunctuationType.STREAM_TIME, this::passOnWhatIsDue);
        context.schedule(SWEEP, PunctuationType.STREAM_TIME, this::sweep);
        context.schedule(ROUND, PunctuationType.WALL_CLOCK_TIME, wallClock -> askAgain());
    }

    @Override
    public void process(Record<String, ResolutionInput> record) {
        switch (record.value()) {
            case ResolutionInput.ForChains given -> take(record.key(), given.evidence(), record.timestamp());
            case ResolutionInput.Described described ->
                describe(record.key(), described.evidence(), record.timestamp());
            case ResolutionInput.Covered covered -> cover(record.key(), covered.coverage(), record.timestamp());
            case ResolutionInput.Claimed claimed -> learn(claimed.lease(), record.timestamp());
        }
    }

    private void take(String key, Evidence evidence, long delivered) {
        if (evidence.getEvent().getKind() == EventKind.HEARTBEAT) {
            forward(evidence, delivered);
        } else if (evidence.getRoles().isEmpty()) {
            remember(key, evidence, delivered);
        } else if (Enrichment.awaitsHost(evidence)) {
            admit(key, evidence, delivered);
        } else {
            passOn(named(key, evidence), delivered);
        }
    }

    /** An observation of a domain that earned no role: for the first-seen store, and for intel that may still come. */
    private void remember(String key, Evidence observation, long delivered) {
        if (observation.getDomain() == null) {
            return;
        }
        var observed = new Observation(key, observation.getDomain().getTenantKey());
        ObservationTimes times = observations.computeIfAbsent(observed, absent -> new ObservationTimes());
        Instant time = observation.getEvent().getTime();
        boolean isRemembered = times.isCovered(time);
        boolean isNews = times.isNews(time);
        if (isRemembered && !isNews) {
            return;
        }
        Evidence placed = observation.getHostVia() == HostVia.DIRECT ? named(key, observation) : observation;
        if (!isRemembered && LateIntel.canRaise(placed)) {
            memory.keep(placed, delivered);
        }
        if (isNews && Enrichment.awaitsNovelty(placed)) {
            forward(placed, delivered);
        }
    }

    /** Evidence that knows its host by a short name or another name than the others do. */
    private Evidence named(String key, Evidence evidence) {
        return leases.book(key).at(evidence.getEvent().getTime()) instanceof HostResolution.Known known
                        && known.others().isEmpty()
                ? EvidenceCompletion.withHost(evidence, known)
                : evidence;
    }

    private void admit(String key, Evidence evidence, long delivered) {
        if (waiting.enter(key, evidence, delivered) != null) {
            return;
        }
        AddressLeases book = leases.book(key);
        Instant time = evidence.getEvent().getTime();
        if (settings.leaseSettling().isZero() || book.isConfirmed(time)) {
            passOnIfKnown(evidence, delivered);
        }
        waiting.lookAgain(key, evidence, delivered + settings.leaseSettling().toMillis());
        if (book.at(time) instanceof HostResolution.Unknown) {
            waited.increment();
        }
        while (waiting.isCrowded()) {
            leave(Long.MAX_VALUE, crowdedOut);
        }
    }

    private void learn(Lease lease, long delivered) {
        if (LeaseClaims.isPresence(lease)) {
            place(lease, delivered);
            return;
        }
        leases.add(lease, Instant.ofEpochMilli(context.currentStreamTimeMs()));
        String key = lease.getKey();
        AddressLeases book = leases.book(key);
        for (Lease presence : leases.presences(key)) {
            place(presence, delivered);
        }
        for (ValueAndTimestamp<Evidence> entry : waiting.waitingFor(key)) {
            if (settings.leaseSettling().isZero()
                    || book.isConfirmed(entry.value().getEvent().getTime())) {
                passOnIfKnown(entry.value(), entry.timestamp());
            } else {
                waiting.lookAgain(
                        key,
                        entry.value(),
                        Math.max(
                                context.currentStreamTimeMs(),
                                entry.timestamp() + settings.leaseSettling().toMillis()));
            }
        }
    }

    /** Says on which host somebody worked, as soon as it is known whose the address was. */
    private void place(Lease presence, long delivered) {
        if (leases.book(presence.getKey()).at(presence.getFrom()) instanceof HostResolution.Known known
                && known.others().isEmpty()
                && known.shared() == null) {
            leases.placed(presence);
            Lease placed = LeaseClaims.placed(presence, known.host());
            context.forward(new Record<>(placed.getKey(), new ResolutionOutput.UserLease(placed), delivered));
        } else {
            leases.await(presence);
        }
    }

    private void cover(String key, Coverage coverage, long delivered) {
        Coverage named = leases.book(key).at(coverage.getLastSeen()) instanceof HostResolution.Known known
                        && known.others().isEmpty()
                ? new Coverage(known.host(), coverage.getKind(), coverage.getDataset(), coverage.getLastSeen())
                : coverage;
        context.forward(new Record<>(named.getHost(), new ResolutionOutput.Covered(named), delivered));
    }

    private void passOnWhatIsDue(long now) {
        for (ValueAndTimestamp<Evidence> entry = waiting.nextLook(now); entry != null; entry = waiting.nextLook(now)) {
            passOnIfKnown(entry.value(), entry.timestamp());
        }
        long grace = tunings.of(Platform.UNKNOWN).document().getGraceMs();
        while (leave(now - grace, null)) {}
        forgotten.increment(memory.forget(now - settings.recentFor().toMillis()));
    }

    /** Lets the oldest evidence go; false where none was delivered before that time. */
    private boolean leave(long deliveredBefore, @Nullable Counter early) {
        ValueAndTimestamp<Evidence> entry = waiting.leave(deliveredBefore);
        if (entry == null) {
            return false;
        }
        Evidence evidence = entry.value();
        if (!PendingEvidenceStore.isWaiting(evidence)) {
            return true;
        }
        if (early != null) {
            early.increment();
        }
        switch (leases.book(evidence.getHost()).at(evidence.getEvent().getTime())) {
            case HostResolution.Known known ->
                passOn(current(EvidenceCompletion.withHost(evidence, known)), entry.timestamp());
            case HostResolution.Unknown unknown -> {
                unresolved.increment();
                passOn(current(evidence), entry.timestamp());
            }
        }
        return true;
    }

    private void passOnIfKnown(Evidence evidence, long delivered) {
        String key = evidence.getHost();
        switch (leases.book(key).at(evidence.getEvent().getTime())) {
            case HostResolution.Known known -> {
                Evidence located = current(EvidenceCompletion.withHost(evidence, known));
                waiting.gone(key, located, delivered);
                passOn(located, delivered);
            }
            case HostResolution.Unknown unknown -> {}
        }
    }

    /** What waited was enriched when it came; intel may have come since. */
    private Evidence current(Evidence evidence) {
        @Nullable Evidence more = enrichment.raised(evidence, tunings.of(evidence.getPlatform()));
        return more == null ? evidence : more;
    }

    private void passOn(Evidence evidence, long delivered) {
        if (LateIntel.canRaise(evidence) && !isRepeated(evidence)) {
            memory.keep(evidence, delivered);
        }
        forward(evidence, delivered);
    }

    /**
     * True for egress to a place that may be long known where the memory holds another of the last minute: most egress
     * is of this kind, and one is enough for intel that may still come.
     */
    private boolean isRepeated(Evidence evidence) {
        return EGRESS_ALONE.equals(evidence.getRoles())
                && Enrichment.awaitsNovelty(evidence)
                && observations
                        .computeIfAbsent(
                                new Observation(
                                        evidence.getHost(), evidence.getDomain().getTenantKey()),
                                absent -> new ObservationTimes())
                        .isCovered(evidence.getEvent().getTime());
    }

    private void sweep(long now) {
        leases.sweep(Instant.ofEpochMilli(now));
    }

    private void askAgain() {
        if (!memory.isUnderWay()) {
            long version = intel.version();
            if (version == askedAtVersion || intel.isEmpty()) {
                return;
            }
            askedAtVersion = version;
            memory.begin();
        }
        for (ValueAndTimestamp<Evidence> more : memory.look(MAX_LOOKED_AT, this::current)) {
            raised.increment();
            if (Enrichment.awaitsHost(more.value())) {
                admit(more.value().getHost(), more.value(), more.timestamp());
            } else if (!more.value().getRoles().isEmpty()) {
                forward(more.value(), more.timestamp());
            }
        }
    }

    private void describe(String key, Evidence evidence, long delivered) {
        boolean isOpen = evidence.getHostVia() == HostVia.UNRESOLVED;
        Evidence placed = leases.book(key).at(evidence.getEvent().getTime()) instanceof HostResolution.Known known
                        && (isOpen || known.others().isEmpty())
                ? EvidenceCompletion.withHost(evidence, known)
                : evidence;
        context.forward(new Record<>(placed.getHost(), new ResolutionOutput.ForSiem(placed), delivered));
    }

    private void forward(Evidence evidence, long delivered) {
        context.forward(new Record<>(evidence.getHost(), new ResolutionOutput.ForChains(evidence), delivered));
    }

    private record Observation(String key, String tenantKey) {}
}
