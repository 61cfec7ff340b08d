package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.domain.AllowListListener;
import io.clicktrail.enricher.domain.DomainScorer;
import io.clicktrail.enricher.domain.NoveltyScorer;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.File;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.HostVia;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event into evidence. {@link #enrich} says what can be said at once; where that needs the host of an address
 * or the first time a domain was seen, {@link EvidenceCompletion} adds it later. An instance caches what it found out
 * about hosts, so it belongs to one thread.
 */
public final class Enrichment {

    private final DomainScorer domains;
    private final IntelLookup intel;
    private final SharedAddresses shared;
    private final EgressEvidence egress;
    private final LateIntel lateIntel;

    /** @param catalogues the lists that the tunings of events were compiled from */
    public Enrichment(
            Catalogues catalogues,
            IntelLookup intel,
            DomainHistoryTable history,
            SharedAddresses shared,
            AllowListListener allowList) {
        this.intel = intel;
        this.shared = shared;
        this.domains = new DomainScorer(
                catalogues.domains(), new UrlParser(catalogues.extensions()), intel, history, allowList);
        this.egress = new EgressEvidence(catalogues.mailSites());
        this.lateIntel = new LateIntel(domains, intel);
    }

    /** An enrichment without intel and histories, with no address that is known to be shared. */
    public Enrichment(Catalogues catalogues) {
        this(
                catalogues,
                new IntelLookup(new IntelTable(1), catalogues.domains().intelWeight()),
                new DomainHistoryTable(1),
                SharedAddresses.of(Map.of()),
                AllowListListener.NONE);
    }

    /**
     * The evidence of an event.
     *
     * @param key key of the event: its host, {@code ip:…}, {@code user:…} or {@code none:…}
     * @return evidence that may still await host or novelty; with no roles where it only shows that a domain was seen;
     *     null where the event can play no part in a chain, or is of something that was blocked or failed
     */
    public @Nullable Evidence enrich(Event event, String key, CompiledTuning tuning) {
        if (event.getOutcome() == EventOutcome.FAILURE) {
            return null;
        }
        EventContext context = context(event, key, tuning);
        return switch (event.getKind()) {
            case PROCESS_START -> ProcessEvidence.ofStart(context);
            case URL_OPEN -> LinkEvidence.ofOpen(context);
            case NETWORK_CONNECTION, DNS_QUERY, HTTP_REQUEST -> egress.of(context);
            case FILE_WRITE -> FileEvidence.ofWrite(context);
            case FILE_MARK -> FileEvidence.ofMark(context);
            case FILE_MODE -> FileEvidence.ofPreparation(context);
            case HEARTBEAT -> context.evidence(List.of(), null, null, null);
            case LOGON -> SignInEvidence.of(context);
            case PROCESS_END, EMAIL, ADDRESS_LEASE, SECURITY_ALERT, AUTOSTART, OTHER -> null;
        };
    }

    /** All that is known about an event, whether it can be part of a chain or not. */
    public Evidence describe(Event event, String key, CompiledTuning tuning) {
        EventContext context = context(event, key, tuning);
        @Nullable
        DomainRisk domain = switch (event.getKind()) {
            case NETWORK_CONNECTION, DNS_QUERY, HTTP_REQUEST -> EgressTarget.of(context, 0);
            case FILE_WRITE, FILE_MARK ->
                context.risk(event.getFile() == null ? null : event.getFile().getOriginUrl());
            case URL_OPEN,
                    PROCESS_START,
                    PROCESS_END,
                    FILE_MODE,
                    EMAIL,
                    LOGON,
                    ADDRESS_LEASE,
                    SECURITY_ALERT,
                    HEARTBEAT,
                    AUTOSTART,
                    OTHER ->
                context.risk(event.getUrl() == null ? null : event.getUrl().getOriginal());
        };
        @Nullable File file = event.getFile();
        @Nullable FileRisk risk = file == null ? null : FileEvidence.risk(file, null, context);
        return context.evidence(List.of(), domain, risk, context.processRisk());
    }

    /**
     * The evidence with what intel says by now; null where that is no more than it said before. Evidence of no role
     * that shows that a place was seen becomes egress or click when intel names the place.
     */
    public @Nullable Evidence raised(Evidence evidence, CompiledTuning tuning) {
        return lateIntel.raised(evidence, tuning);
    }

    /** True where {@link EvidenceCompletion#withNovelty} must be called with what is known of the tenant key. */
    public static boolean awaitsNovelty(Evidence evidence) {
        DomainRisk domain = evidence.getDomain();
        return domain != null && NoveltyScorer.awaitsNovelty(domain);
    }

    /** True where {@link EvidenceCompletion#withHost} must be called with whose host the key was. */
    public static boolean awaitsHost(Evidence evidence) {
        return evidence.getHostVia() == HostVia.UNRESOLVED
                && evidence.getSharedAddress() == null
                && !evidence.getRoles().isEmpty();
    }

    private EventContext context(Event event, String key, CompiledTuning tuning) {
        return new EventContext(event, key, tuning, domains, intel, shared);
    }
}
