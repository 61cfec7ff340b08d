package io.clicktrail.enricher.relevance;

import io.clicktrail.enricher.domain.AllowListListener;
import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.evidence.RecentFacts;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.identity.HomeFolders;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.identity.RecentClaims;
import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.enricher.process.Publishers;
import io.clicktrail.enricher.process.StartedProcess;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says of each event how much of it the enricher can use, before the event is written anywhere.
 *
 * <p><b>Invariant.</b> What the enricher makes of the events that are left is what it makes of all of them. An event
 * counts whole where the enricher's own judgement makes evidence of it, where the evidence depends on a process that it
 * knows by pid alone, and where it makes a claim, shows a context fact, the name of an account, a signature, or a
 * process that may be an ancestor. The rest of what is stateful needs an outline: the start or end of any other
 * process, since it says that a pid is no longer another's; a sensor that is due to be reported; and one event a second
 * of delivery time for each of {@value #CLOCKS} groups of keys, as time passes by records.
 *
 * <p>An event is judged without what other events of its host said, since those may be read elsewhere: raw logs are in
 * no order by host. What this one has seen itself only spares repetitions: claims, facts, names and sensors, each for
 * as long as the enricher does not repeat it either. So with several partitions of raw logs more is repeated, and what
 * is lost by a restart or crowded out of a bounded memory is said again.
 *
 * <p>Tuning, indicators and domains' histories are asked as they are in force when the event is parsed. Belongs to one
 * task.
 */
public final class EventRelevance {

    private static final int CLOCKS = 16;
    private static final long TICK_MILLIS = 1_000;
    private static final long RENEWED_MILLIS = 3_600_000;
    private static final int MAX_ACCOUNTS = 20_000;
    private static final char PART = '/';

    private final TuningTable tunings;
    private final Enrichment enrichment;
    private final RecentClaims claims;
    private final RecentFacts facts = new RecentFacts();
    private final ReportedSensors sensors = new ReportedSensors();
    private final LruCache<String, Long> accounts = new LruCache<>(MAX_ACCOUNTS);

    /** Delivery time of the last event that counted, by group of keys. */
    private final long[] clocks = new long[CLOCKS];

    /**
     * A judgement that remembers nothing yet.
     *
     * @param tunings with the lists, in force
     * @param intel the indicators in force
     * @param history what is known of domains' pasts
     * @param shared addresses that are several hosts' at once
     */
    public EventRelevance(TuningTable tunings, IntelLookup intel, DomainHistoryTable history, SharedAddresses shared) {
        this.tunings = tunings;
        this.enrichment = new Enrichment(tunings.catalogues(), intel, history, shared, AllowListListener.NONE);
        this.claims = new RecentClaims(shared);
        Arrays.fill(clocks, Long.MIN_VALUE / 2);
    }

    /**
     * Judges an event; the memories take it in.
     *
     * @param key key of the event: its host, {@code ip:…}, {@code user:…} or {@code none:…}
     * @param delivered delivery time, milliseconds since 1970
     */
    public Relevance of(String key, Event event, long delivered) {
        Relevance relevance = judged(key, event, delivered);
        int clock = key.hashCode() & CLOCKS - 1;
        if (relevance == Relevance.NONE) {
            if (delivered - clocks[clock] < TICK_MILLIS) {
                return Relevance.NONE;
            }
            relevance = Relevance.OUTLINE;
        }
        clocks[clock] = Math.max(clocks[clock], delivered);
        return relevance;
    }

    /** The event as it is sent on. */
    public static Event outlined(Event event) {
        return EventOutline.of(event);
    }

    /** Each memory takes in each event, as the enricher's own do. */
    private Relevance judged(String key, Event event, long delivered) {
        if (event.getKind() == EventKind.HEARTBEAT) {
            return Relevance.WHOLE;
        }
        Platform platform =
                event.getHost() == null ? Platform.UNKNOWN : event.getHost().getPlatform();
        CompiledTuning tuning = tunings.of(platform);
        boolean isDue = sensors.isDue(key, event);
        boolean isNews = !claims.news(event).isEmpty();
        isNews |= !facts.news(key, event, tunings.catalogues().followOns()).isEmpty();
        isNews |= LeaseClaims.isHost(key) && namesAccount(key, event, delivered);
        if (isNews) {
            return Relevance.WHOLE;
        }
        boolean isOfHost = event.getProcess() != null && LeaseClaims.isHost(key);
        boolean startsOrEnds = isOfHost && StartedProcess.startsOrEnds(event);
        if (isOfHost && Publishers.isSignature(event)
                || startsOrEnds && isAncestor(event, platform, tuning)
                || enrichment.enrich(event, key, tuning) != null) {
            return Relevance.WHOLE;
        }
        return isDue || startsOrEnds ? Relevance.OUTLINE : Relevance.NONE;
    }

    /** A start that the table of processes keeps, or that asks it for a parent. */
    private static boolean isAncestor(Event event, Platform platform, CompiledTuning tuning) {
        return event.getKind() == EventKind.PROCESS_START
                && (StartedProcess.asksForParent(event)
                        || StartedProcess.isKept(platform, event.getProcess(), tuning.processes(), tuning.userPaths()));
    }

    private boolean namesAccount(String host, Event event, long delivered) {
        @Nullable String id = HomeFolders.unnamedAccount(event);
        @Nullable String name = id == null ? null : HomeFolders.owner(event);
        if (name == null) {
            return false;
        }
        String account = host + PART + id;
        Long last = accounts.get(account);
        if (last != null && Math.abs(delivered - last) < RENEWED_MILLIS) {
            return false;
        }
        accounts.put(account, delivered);
        return true;
    }
}
