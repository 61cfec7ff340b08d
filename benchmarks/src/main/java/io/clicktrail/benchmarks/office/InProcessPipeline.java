package io.clicktrail.benchmarks.office;

import io.clicktrail.correlator.chain.ChainCorrelation;
import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.correlator.chain.HostState;
import io.clicktrail.correlator.chain.OpenChain;
import io.clicktrail.correlator.chain.Sensors;
import io.clicktrail.correlator.chain.StepResult;
import io.clicktrail.enricher.domain.Novelty;
import io.clicktrail.enricher.domain.Prevalence;
import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.evidence.EvidenceCompletion;
import io.clicktrail.enricher.identity.HostResolution;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.StateSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Enriches and correlates the events of one host after another as the services do, with the built-in tuning. All tenant
 * keys except the given ones are long known.
 */
public final class InProcessPipeline {

    private static final Duration SETTLED = Duration.ofMinutes(15);
    private static final Sensors ALIVE = (stage, until) -> OptionalLong.of(until);
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final TuningTable tunings;
    private final Enrichment enrichment;
    private final Set<String> newKeys;
    private long evidence;

    /** @param newKeys tenant keys that are newly observed */
    public InProcessPipeline(Set<String> newKeys) {
        new StateSerdes().of(Event.class);
        var catalogues = Catalogues.bundled();
        this.tunings = new TuningTable(catalogues);
        this.enrichment = new Enrichment(catalogues);
        this.newKeys = Set.copyOf(newKeys);
    }

    /** The emitted chains of one host, after all windows have closed. */
    public List<OpenChain> chainsOf(String host, Platform platform, List<Event> events) {
        var definition = ChainDefinition.builtIn(platform);
        var state = HostState.EMPTY;
        var emitted = new ArrayList<OpenChain>();
        Instant last = Instant.EPOCH;
        for (var event : events) {
            var found = enriched(event, host);
            last = event.getTime();
            if (found != null) {
                evidence++;
                var step = step(definition, state, found);
                step.revisions().forEach(revision -> emitted.add(revision.chain()));
                state = step.state();
            }
        }
        for (int hours = 1; hours <= 3; hours++) {
            var step = ChainCorrelation.expire(definition, state, last.plus(Duration.ofHours(hours)), ALIVE);
            step.revisions().forEach(revision -> emitted.add(revision.chain()));
            state = step.state();
        }
        return emitted;
    }

    /** Each event comes once, so the evidence of other events is not needed. */
    static StepResult step(ChainDefinition definition, HostState state, Evidence evidence) {
        var now = evidence.getEvent().getTime();
        return ChainCorrelation.step(definition, state, evidence, id -> evidence, now, now, ALIVE);
    }

    /** The state of a host with one chain, emitted; its file names no origin, so it has waited for a late mark. */
    static HostState emitted(ChainDefinition definition, List<Evidence> evidence) {
        var state = HostState.EMPTY;
        for (var each : evidence) {
            state = step(definition, state, each).state();
        }
        var settled = evidence.getLast().getEvent().getTime().plus(SETTLED);
        state = ChainCorrelation.expire(definition, state, settled, ALIVE).state();
        if (state.chains().size() != 1) {
            throw new IllegalStateException("the chain was not emitted");
        }
        return state;
    }

    /** Number of events that were evidence. */
    public long evidence() {
        return evidence;
    }

    /** The evidence of the events of a host. */
    public List<Evidence> evidenceOf(String host, List<Event> events) {
        var found = new ArrayList<Evidence>();
        for (var event : events) {
            var enriched = enriched(event, host);
            if (enriched != null) {
                found.add(enriched);
            }
        }
        return found;
    }

    private @Nullable Evidence enriched(Event event, String host) {
        var endpoint = event.getHost();
        var tuning = tunings.of(endpoint == null ? Platform.UNKNOWN : endpoint.getPlatform());
        var client = event.getClient();
        var key = endpoint != null || client == null ? host : "ip:" + client.getIp();
        var found = enrichment.enrich(event, key, tuning);
        if (found != null && Enrichment.awaitsHost(found)) {
            found = EvidenceCompletion.withHost(found, new HostResolution.Known(host, List.of(), null, null));
        }
        var domain = found == null ? null : found.getDomain();
        if (found != null && domain != null && Enrichment.awaitsNovelty(found)) {
            var first = newKeys.contains(domain.getTenantKey()) ? event.getTime() : LONG_AGO;
            found = EvidenceCompletion.withNovelty(found, new Novelty.Seen(first, new Prevalence(1, 0), null), tuning);
        }
        return found == null || found.getRoles().isEmpty() ? null : found;
    }
}
