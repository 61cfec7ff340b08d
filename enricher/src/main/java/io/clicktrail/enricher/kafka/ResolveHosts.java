package io.clicktrail.enricher.kafka;

import io.clicktrail.audit.AuditEntry;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.enricher.domain.AllowListListener;
import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.evidence.EvidenceCompletion;
import io.clicktrail.enricher.evidence.LateIntel;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.identity.AddressLeases;
import io.clicktrail.enricher.identity.HostResolution;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.identity.NameClaims;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.Role;
import io.clicktrail.identity.Lease;
import io.clicktrail.streams.commits.CommitPolicy;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.tuning.Tuning;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Gives evidence the host that it belongs under, and sends it again when intel that came later says more of it.
 *
 * <p>Evidence of network and mail logs gets the host that had the address or user at the time of the event. It goes on
 * at once where a later claim of the same host confirms the answer, else when the answer had time to settle, and
 * unresolved when nobody has claimed the key by the end of the grace. Evidence that names its host by another name than
 * the qualified one goes on under that one as soon as it is known; while a name is new, it waits until it had time to
 * settle, as the qualified one may be on its way through another partition.
 *
 * <p>Evidence goes on under one machine only: the answer is not corrected afterwards, and a second delivery inside the
 * grace is known for one. But where it went under a name that turns out not to be the qualified one while a chain can
 * still grow, it is taken back there and goes again under the qualified one, so that all evidence of the machine meets
 * there, whichever came first.
 *
 * <p>Settling and grace end by delivery time or by the wall clock, whichever is first: the first lets a replay
 * give the same answers, the second lets time pass in a quiet partition.
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
    private static final Duration AUDIT = Duration.ofMinutes(1);
    private static final Duration MAX_ELAPSED = Duration.ofMinutes(1);
    private static final int MAX_LOOKED_AT = 10_000;
    private static final int MAX_OBSERVATIONS = 50_000;
    private static final int MAX_SHORT_NAMES = 20_000;
    private static final long QUARTER_SECONDS = 900;

    /** Four hours, longer than a chain can grow. */
    private static final int MAX_QUARTERS = 16;

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
    private final LruCache<String, Map<Sensor, NavigableMap<Long, Coverage>>> coveredAs =
            new LruCache<>(MAX_SHORT_NAMES);
    private final RefusedClaims refused = new RefusedClaims();
    private ProcessorContext<String, ResolutionOutput> context;
    private LeaseStore leases;
    private PendingEvidenceStore waiting;
    private RecentEvidenceStore memory;
    private long askedAtVersion = -1;
    private long wallClock;

    /** Milliseconds since the start, by the wall clock. */
    private long elapsed;

    public ResolveHosts(TuningTable tunings, EnricherSettings settings, IntelLookup intel, MeterRegistry meters) {
        this.tunings = tunings;
        this.settings = settings;
        this.intel = intel;
        this.enrichment = new Enrichment(
                tunings.catalogues(), intel, new DomainHistoryTable(1), settings.shared(), AllowListListener.NONE);
        this.waited = Metric.ENRICHER_WAITED.counter(meters);
        this.unresolved = Metric.ENRICHER_UNRESOLVED.counter(meters);
        this.crowdedOut = Metric.ENRICHER_PENDING_EVICTED.counter(meters);
        this.raised = Metric.INTEL_RAISED.counter(meters);
        this.forgotten = Metric.ENRICHER_RECENT_EVICTED.counter(meters);
    }

    @Override
    public void init(ProcessorContext<String, ResolutionOutput> given) {
        context = given;
        wallClock = context.currentSystemTimeMs();
        leases = new LeaseStore(context.getStateStore(EnricherStores.LEASES));
        waiting = new PendingEvidenceStore(
                context.getStateStore(EnricherStores.PENDING_EVIDENCE), settings.waitingEvidence(), elapsed);
        memory = new RecentEvidenceStore(
                context.getStateStore(EnricherStores.RECENT_EVIDENCE), settings.recentEvidence());
        CommitPolicy.apply(context);
        context.schedule(CHECK, PunctuationType.STREAM_TIME, this::passOnWhatIsDue);
        context.schedule(SWEEP, PunctuationType.STREAM_TIME, this::sweep);
        context.schedule(ROUND, PunctuationType.WALL_CLOCK_TIME, this::passTime);
        context.schedule(AUDIT, PunctuationType.WALL_CLOCK_TIME, this::audit);
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
        } else if (evidence.getRoles().isEmpty() && !evidence.getWithdrawn()) {
            remember(key, evidence, delivered);
        } else if (Enrichment.awaitsHost(evidence)) {
            admit(key, evidence, delivered);
        } else if (awaitsName(key, evidence)) {
            admit(key, EvidenceCompletion.waiting(evidence), delivered);
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

    /** True for evidence that names its host, but not by its qualified name. */
    private static boolean awaitsName(String key, Evidence evidence) {
        return evidence.getHostVia() == HostVia.DIRECT && LeaseClaims.isShortName(key);
    }

    private void admit(String key, Evidence evidence, long delivered) {
        long arrived = elapse(context.currentSystemTimeMs());
        @Nullable Evidence known = waiting.enter(key, evidence, delivered, arrived);
        if (known != null) {
            if (evidence.getProcessOrder() > known.getProcessOrder()) {
                replace(key, evidence, known, delivered);
            }
            return;
        }
        if (isSettled(key, evidence, delivered)) {
            passOnIfKnown(key, evidence, delivered);
        } else {
            long settling = settings.leaseSettling().toMillis();
            waiting.lookAgain(key, evidence, delivered, delivered + settling, arrived + settling);
        }
        if (located(key, evidence) == null) {
            waited.increment();
        }
        while (waiting.isCrowded()) {
            if (waiting.forgetOldest()) {
                continue;
            }
            PendingEvidenceStore.Waiting oldest = waiting.leave(Long.MAX_VALUE);
            if (oldest != null) {
                leave(oldest, crowdedOut);
            }
        }
    }

    /** Lets what is known of an event's process by now take the place of what waits, or follow what has gone on. */
    private void replace(String key, Evidence evidence, Evidence known, long delivered) {
        if (PendingEvidenceStore.isWaiting(known)) {
            waiting.replace(key, evidence);
            return;
        }
        Evidence placed = EvidenceCompletion.placedAs(known, evidence);
        waiting.replace(key, placed);
        passOn(current(placed), delivered);
    }

    /** True where no claim that may still be on its way would give another answer. */
    private boolean isSettled(String key, Evidence evidence, long delivered) {
        AddressLeases book = leases.book(key);
        Instant time = evidence.getEvent().getTime();
        if (settings.leaseSettling().isZero()) {
            return true;
        }
        return LeaseClaims.isShortName(key)
                ? book.at(time) instanceof HostResolution.Known known
                                && known.others().isEmpty()
                        || leases.firstSeenAs(key, delivered) <= delivered - grace()
                : book.isConfirmed(time);
    }

    /** The evidence under the host that its key belonged to; null where that is not known. */
    private @Nullable Evidence located(String key, Evidence evidence) {
        HostResolution found = leases.book(key).at(evidence.getEvent().getTime());
        if (LeaseClaims.isShortName(key)) {
            @Nullable Host host = evidence.getEvent().getHost();
            return EvidenceCompletion.withHost(
                    key, evidence, NameClaims.machine(key, found, host == null ? null : host.getDomain()));
        }
        return found instanceof HostResolution.Known known ? EvidenceCompletion.withHost(key, evidence, known) : null;
    }

    private void learn(Lease lease, long delivered) {
        if (LeaseClaims.isPresence(lease)) {
            place(lease, delivered);
            return;
        }
        if (LeaseClaims.isQuestion(lease)) {
            answer(lease, delivered);
            return;
        }
        String key = lease.getKey();
        int surplus = leases.add(lease, delivered, Instant.ofEpochMilli(context.currentStreamTimeMs()));
        if (surplus > 0) {
            refuse(key, surplus, delivered);
        }
        for (Lease claim : leases.awaiting(key)) {
            if (LeaseClaims.isQuestion(claim)) {
                answer(claim, delivered);
            } else {
                place(claim, delivered);
            }
        }
        coverAgain(key, delivered);
        for (ValueAndTimestamp<Evidence> entry : waiting.all(key)) {
            Evidence evidence = entry.value();
            if (!PendingEvidenceStore.isWaiting(evidence)) {
                passOnAgain(key, evidence, entry.timestamp());
            } else if (isSettled(key, evidence, entry.timestamp())) {
                passOnIfKnown(key, evidence, entry.timestamp());
            } else {
                long settling = settings.leaseSettling().toMillis();
                waiting.lookAgain(
                        key,
                        evidence,
                        entry.timestamp(),
                        Math.max(context.currentStreamTimeMs(), entry.timestamp() + settling),
                        elapse(context.currentSystemTimeMs()) + settling);
            }
        }
    }

    private void refuse(String key, int surplus, long delivered) {
        context.recordMetadata()
                .ifPresent(claim -> refused.add(
                        key,
                        surplus,
                        claim.topic(),
                        claim.partition(),
                        claim.offset(),
                        Instant.ofEpochMilli(delivered)));
    }

    /** Takes evidence back where it went under a name that is not the qualified one of its host, and sends it again. */
    private void passOnAgain(String key, Evidence gone, long delivered) {
        @Nullable Evidence located = located(key, gone);
        if (located != null
                && (leases.book(key).qualifies(located.getHost(), gone.getHost())
                        || gone.getHost().equals(key) && !located.getHost().equals(key))) {
            forward(EvidenceCompletion.movedTo(gone, located.getHost()), delivered);
            waiting.gone(key, located, delivered);
            passOn(current(located), delivered);
        }
    }

    /** Claims an address or a user again by the qualified name of the host that claimed it, once that is known. */
    private void answer(Lease question, long delivered) {
        if (leases.book(question.getKey()).at(question.getFrom()) instanceof HostResolution.Known known
                && known.others().isEmpty()) {
            leases.answered(question);
            claim(LeaseClaims.answered(question, known.host()), delivered);
        } else {
            leases.await(question, delivered);
        }
    }

    private void claim(Lease lease, long delivered) {
        context.forward(new Record<>(lease.getKey(), new ResolutionOutput.UserLease(lease), delivered));
    }

    /** Says on which host somebody worked, as soon as it is known whose the address was. */
    private void place(Lease presence, long delivered) {
        if (leases.book(presence.getKey()).at(presence.getFrom()) instanceof HostResolution.Known known
                && known.others().isEmpty()
                && known.shared() == null) {
            leases.answered(presence);
            Lease placed = LeaseClaims.placed(presence, known.host());
            claim(placed, delivered);
            @Nullable Lease question = LeaseClaims.question(placed);
            if (question != null) {
                claim(question, delivered);
            }
        } else {
            leases.await(presence, delivered);
        }
    }

    private void cover(String key, Coverage coverage, long delivered) {
        Coverage named = leases.book(key).at(coverage.getLastSeen()) instanceof HostResolution.Known known
                        && known.others().isEmpty()
                ? new Coverage(known.host(), coverage.getKind(), coverage.getDataset(), coverage.getLastSeen())
                : coverage;
        if (LeaseClaims.isShortName(key)) {
            leases.firstSeenAs(key, delivered);
            if (named == coverage) {
                rememberAs(key, coverage);
            }
        }
        context.forward(new Record<>(named.getHost(), new ResolutionOutput.Covered(named), delivered));
    }

    /** Remembers one report of each sensor a quarter of an hour, as a chain asks for the time when it began. */
    private void rememberAs(String shortName, Coverage coverage) {
        NavigableMap<Long, Coverage> quarters = coveredAs
                .computeIfAbsent(shortName, absent -> new LinkedHashMap<>())
                .computeIfAbsent(new Sensor(coverage.getKind(), coverage.getDataset()), absent -> new TreeMap<>());
        quarters.put(Math.floorDiv(coverage.getLastSeen().getEpochSecond(), QUARTER_SECONDS), coverage);
        if (quarters.size() > MAX_QUARTERS) {
            quarters.pollFirstEntry();
        }
    }

    /** Reports again under the qualified name what was reported under a short one. */
    private void coverAgain(String name, long delivered) {
        @Nullable Map<Sensor, NavigableMap<Long, Coverage>> covered = coveredAs.remove(name);
        if (covered != null) {
            covered.values().forEach(times -> times.values().forEach(each -> cover(name, each, delivered)));
        }
    }

    private void audit(long now) {
        for (AuditEntry entry : refused.take()) {
            context.forward(new Record<>(entry.getWhat(), new ResolutionOutput.Audited(entry), now));
        }
    }

    private void passOnWhatIsDue(long now) {
        for (var due = waiting.nextLook(now); due != null; due = waiting.nextLook(now)) {
            passOnIfKnown(due.key(), due.evidence(), due.delivered());
        }
        long over = now - grace();
        for (var due = waiting.leave(over); due != null; due = waiting.leave(over)) {
            leave(due, null);
        }
        waiting.forget(over - windows());
        forgotten.increment(memory.forget(now - settings.recentFor().toMillis()));
    }

    private void passTime(long now) {
        long time = elapse(now);
        for (var due = waiting.nextSettled(time); due != null; due = waiting.nextSettled(time)) {
            passOnIfKnown(due.key(), due.evidence(), due.delivered());
        }
        long over = time - grace();
        for (var due = waiting.leaveOnClock(over); due != null; due = waiting.leaveOnClock(over)) {
            leave(due, null);
        }
        askAgain();
    }

    /**
     * Lets time pass on the wall. A clock that is set passes no more than {@link #MAX_ELAPSED}, and never goes back.
     */
    private long elapse(long now) {
        elapsed += Math.clamp(now - wallClock, 0, MAX_ELAPSED.toMillis());
        wallClock = now;
        return elapsed;
    }

    private long grace() {
        return tunings.of(Platform.UNKNOWN).document().getGraceMs();
    }

    /** How long a chain can grow, on whichever platform. */
    private long windows() {
        long longest = 0;
        for (Platform platform : Platform.values()) {
            Tuning document = tunings.of(platform).document();
            longest = Math.max(longest, document.getTimeWindowMs() + document.getFollowOnMs() + document.getSkewMs());
        }
        return longest;
    }

    /** Lets evidence go that has not been sent yet. */
    private void leave(PendingEvidenceStore.Waiting leaving, @Nullable Counter early) {
        Evidence evidence = leaving.evidence();
        if (!PendingEvidenceStore.isWaiting(evidence)) {
            return;
        }
        if (early != null) {
            early.increment();
        }
        @Nullable Evidence located = located(leaving.key(), evidence);
        if (located == null) {
            unresolved.increment();
        }
        passOn(current(located == null ? evidence : located), leaving.delivered());
    }

    private void passOnIfKnown(String key, Evidence evidence, long delivered) {
        @Nullable Evidence found = located(key, evidence);
        if (found != null) {
            Evidence located = current(found);
            waiting.gone(key, located, delivered);
            passOn(located, delivered);
        }
    }

    /** What waited was enriched when it came; intel may have come since. */
    private Evidence current(Evidence evidence) {
        if (evidence.getWithdrawn()) {
            return evidence;
        }
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

    private record Sensor(EventKind kind, String dataset) {}
}
