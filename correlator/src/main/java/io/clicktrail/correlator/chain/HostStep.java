package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.chain.HostState.Episodes;
import io.clicktrail.correlator.chain.StepResult.Revision;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One step of one host while it is being made; nothing of it is seen outside before {@link #end()}. */
final class HostStep {

    private final ChainDefinition definition;
    private final HostState before;
    private final long now;
    private final Sensors sensors;

    private HostState state;
    private List<OpenChain> cases;
    private List<Episodes> episodes;
    private @Nullable Evidence keep;
    private List<EventId> gone = List.of();
    private List<Revision> revisions = List.of();
    private List<StateBound> dropped = List.of();

    HostStep(ChainDefinition definition, HostState before, long now, Sensors sensors) {
        this.definition = definition;
        this.before = before;
        this.now = now;
        this.sensors = sensors;
        this.state = before;
        this.cases = before.cases();
        this.episodes = before.episodes();
    }

    /** Forgets what is old and tells what is due. */
    void expire() {
        long oldest = now - definition.retention().toMillis();
        long oldestStart = now - definition.lineageRetention().toMillis();
        state = state.with(
                state.platform(),
                young(state.clicks(), oldest),
                young(state.egresses(), oldest),
                young(state.writes(), oldest),
                young(state.executions(), oldest),
                youngEdges(state.edges(), oldestStart));
        for (int i = 0; i < cases.size(); i++) {
            tellWhatIsDue(i);
        }
        archive(now - definition.caseRetention().toMillis());
        forgetEpisodes(now - ChainDefinition.MEMORY.toMillis());
    }

    private List<ChainEvent> young(List<ChainEvent> items, long oldest) {
        List<ChainEvent> young = items;
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            if (item.arrived() < oldest) {
                young = young == items ? new ArrayList<>(items.subList(0, i)) : young;
                gone(item.id());
            } else if (young != items) {
                young.add(item);
            }
        }
        return young;
    }

    private static List<ProcessStart> youngEdges(List<ProcessStart> edges, long oldest) {
        List<ProcessStart> young = edges;
        for (int i = 0; i < edges.size(); i++) {
            var edge = edges.get(i);
            if (edge.arrived() < oldest) {
                young = young == edges ? new ArrayList<>(edges.subList(0, i)) : young;
            } else if (young != edges) {
                young.add(edge);
            }
        }
        return young;
    }

    private void tellWhatIsDue(int i) {
        var open = cases.get(i);
        if (!open.isTold() && open.tellAt() <= now) {
            tell(i, open, DetectionChange.CREATED);
            open = cases.get(i);
        }
        if (open.isTold() && open.closeAt() != 0 && open.closeAt() <= now) {
            var closed = open.closed(sensors);
            set(i, closed);
            if (closed.revision() != open.revision()) {
                revised(closed, DetectionChange.REVISED);
            }
        }
    }

    private void archive(long oldest) {
        for (int i = cases.size() - 1; i >= 0; i--) {
            if (cases.get(i).touched() < oldest) {
                archive(i);
            }
        }
    }

    private void archive(int i) {
        var over = cases.get(i);
        for (var member : over.members()) {
            gone(member.id());
        }
        cases = new ArrayList<>(cases);
        cases.remove(i);
        long tenant = Fingerprint.of(over.tenantKey());
        int count = Math.max(over.episode(), episodesOf(tenant));
        episodes = new ArrayList<>(episodes);
        episodes.removeIf(known -> known.tenant() == tenant);
        episodes.add(new Episodes(tenant, count, over.touched()));
        if (episodes.size() > StateBound.EPISODES.most()) {
            episodes.removeFirst();
            dropped(StateBound.EPISODES);
        }
    }

    private int episodesOf(long tenant) {
        for (var known : episodes) {
            if (known.tenant() == tenant) {
                return known.count();
            }
        }
        return 0;
    }

    private void forgetEpisodes(long oldest) {
        for (int i = 0; i < episodes.size(); i++) {
            if (episodes.get(i).touched() < oldest) {
                episodes = new ArrayList<>(episodes);
                episodes.removeIf(known -> known.touched() < oldest);
                return;
            }
        }
    }

    /**
     * Takes evidence in and looks at every chain it can be part of. Of an event that is known already only what was not
     * said before counts, such as intel that came later.
     */
    void take(Evidence evidence, EvidenceLookup kept, long arrived) {
        var id = EventId.of(evidence.getEvent().getEventId());
        boolean remembered = remembers(id);
        boolean member = isMember(id);
        var known = remembered || member ? kept.of(id) : null;
        var told = known == null ? evidence : RepeatedEvidence.joined(known, evidence);
        boolean raised = known != null && told != known;
        var fact = EvidenceParser.read(told);
        var item = fact.item().arrivedAt(arrived);
        boolean newItem = item.roles() != 0 && (raised || !remembered);
        var edges = state.edges();
        for (var edge : fact.edges()) {
            edges = edgesWith(edges, edge, arrived);
        }
        boolean newEdge = edges != state.edges();
        if (!newItem && !newEdge) {
            return;
        }
        keep = newItem && (raised || !member) ? told : null;
        if (raised && remembered) {
            forget(id);
        }
        state = state.with(
                state.platform() == Platform.UNKNOWN ? told.getPlatform() : state.platform(),
                newItem && item.plays(ChainEvent.CLICK)
                        ? with(state.clicks(), item, StateBound.CLICKS)
                        : state.clicks(),
                newItem && item.plays(ChainEvent.EGRESS)
                        ? with(state.egresses(), item, StateBound.EGRESSES)
                        : state.egresses(),
                newItem && item.plays(ChainEvent.WRITE)
                        ? with(state.writes(), item, StateBound.WRITES)
                        : state.writes(),
                newItem && item.plays(ChainEvent.EXECUTION)
                        ? with(state.executions(), item, StateBound.EXECUTIONS)
                        : state.executions(),
                edges);
        var matcher = new Matcher(definition, state);
        if (newEdge) {
            fact.edges().forEach(matcher::look);
        }
        if (newItem) {
            matcher.look(item);
        }
        join(matcher.findings(), raised ? id : null, arrived);
    }

    /** Makes room for what is known now of an event. */
    private void forget(EventId id) {
        state = state.with(
                state.platform(),
                without(id, state.clicks()),
                without(id, state.egresses()),
                without(id, state.writes()),
                without(id, state.executions()),
                state.edges());
    }

    private static List<ChainEvent> without(EventId id, List<ChainEvent> items) {
        if (!holds(items, id)) {
            return items;
        }
        var others = new ArrayList<>(items);
        others.removeIf(item -> item.id().equals(id));
        return others;
    }

    private boolean remembers(EventId id) {
        return holds(state.clicks(), id)
                || holds(state.egresses(), id)
                || holds(state.writes(), id)
                || holds(state.executions(), id);
    }

    private static boolean holds(List<ChainEvent> items, EventId id) {
        for (int i = 0; i < items.size(); i++) {
            var other = items.get(i).id();
            if (other.low() == id.low() && other.high() == id.high()) {
                return true;
            }
        }
        return false;
    }

    private boolean isMember(EventId id) {
        for (var open : cases) {
            if (open.holds(id)) {
                return true;
            }
        }
        return false;
    }

    private List<ChainEvent> with(List<ChainEvent> items, ChainEvent item, StateBound bound) {
        var more = new ArrayList<ChainEvent>(items.size() + 1);
        more.addAll(items);
        if (items.size() >= bound.most()) {
            gone(more.remove(placeFor(item, items)).id());
            dropped(bound);
        }
        more.add(item);
        return more;
    }

    /**
     * Which item a full list gives up: the last that says the same as the new one, if that is not the only one, so that
     * what happens over and over displaces itself alone and the first of it stays; else the oldest.
     */
    private static int placeFor(ChainEvent item, List<ChainEvent> items) {
        int last = items.size() - 1;
        while (last > 0 && !items.get(last).repeats(item)) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            if (items.get(i).repeats(item)) {
                return last;
            }
        }
        return 0;
    }

    private List<ProcessStart> edgesWith(List<ProcessStart> edges, ProcessStart edge, long arrived) {
        if (holds(edges, edge)) {
            return edges;
        }
        boolean full = edges.size() >= StateBound.STARTS.most();
        var more = new ArrayList<ProcessStart>(edges.size() + 1);
        more.addAll(full ? edges.subList(1, edges.size()) : edges);
        more.add(edge.arrivedAt(arrived));
        if (full) {
            dropped(StateBound.STARTS);
        }
        return more;
    }

    private static boolean holds(List<ProcessStart> edges, ProcessStart edge) {
        for (int i = 0; i < edges.size(); i++) {
            if (edges.get(i).sameStart(edge)) {
                return true;
            }
        }
        return false;
    }

    private void join(List<MatchResult> findings, @Nullable EventId raised, long arrived) {
        var asTold = cases;
        for (var finding : findings) {
            int i = caseOf(finding);
            if (i < 0) {
                i = open(finding);
            }
            var open = cases.get(i);
            var joined = open.joinedBy(finding, definition, arrived);
            if (joined != open) {
                memberDrops(open, joined);
                set(i, joined);
            }
        }
        if (cases != asTold || raised != null) {
            tellWhatChanged(asTold, raised);
            boundCases();
        }
    }

    /** The earliest open episode that the finding belongs to, or -1. */
    private int caseOf(MatchResult finding) {
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).covers(finding.tenantKey, finding.first, finding.last)) {
                return i;
            }
        }
        return -1;
    }

    private int open(MatchResult finding) {
        int episode = episodesOf(Fingerprint.of(finding.tenantKey));
        for (var open : cases) {
            if (open.tenantKey().equals(finding.tenantKey)) {
                episode = Math.max(episode, open.episode());
            }
        }
        cases = new ArrayList<>(cases);
        cases.add(OpenChain.begin(definition, state.platform(), finding, episode + 1));
        return cases.size() - 1;
    }

    private void memberDrops(OpenChain open, OpenChain joined) {
        int left = joined.members().size();
        int came = open.members().size() + joined.total() - open.total();
        for (int i = left; i < came; i++) {
            dropped(StateBound.CASE_EVIDENCE);
        }
        for (var member : open.members()) {
            if (!joined.members().contains(member)) {
                gone(member.id());
            }
        }
    }

    private void tellWhatChanged(List<OpenChain> asTold, @Nullable EventId raised) {
        for (int i = 0; i < cases.size(); i++) {
            var open = cases.get(i);
            var told = i < asTold.size() ? asTold.get(i) : null;
            boolean saysMore = raised != null && open.holds(raised);
            if (open == told && !saysMore) {
                continue;
            }
            if (!open.isTold()) {
                if (open.tellAt() <= now) {
                    tell(i, open, DetectionChange.CREATED);
                }
            } else if (told == null || saysMore || !open.tellsSameAs(told)) {
                tell(i, open, DetectionChange.REVISED);
            }
        }
    }

    private void tell(int i, OpenChain open, DetectionChange change) {
        var told = open.told(state.platform(), sensors);
        set(i, told);
        revised(told, change);
    }

    private void boundCases() {
        while (cases.size() > StateBound.CASES.most()) {
            int stalest = 0;
            for (int i = 1; i < cases.size(); i++) {
                if (cases.get(i).touched() < cases.get(stalest).touched()) {
                    stalest = i;
                }
            }
            archive(stalest);
            dropped(StateBound.CASES);
        }
    }

    private void set(int i, OpenChain open) {
        cases = new ArrayList<>(cases);
        cases.set(i, open);
    }

    private void revised(OpenChain told, DetectionChange change) {
        revisions = revisions.isEmpty() ? new ArrayList<>() : revisions;
        revisions.add(new Revision(told, change));
    }

    private void gone(EventId id) {
        gone = gone.isEmpty() ? new ArrayList<>() : gone;
        gone.add(id);
    }

    private void dropped(StateBound bound) {
        dropped = dropped.isEmpty() ? new ArrayList<>() : dropped;
        dropped.add(bound);
    }

    StepResult end() {
        var wake = wake();
        boolean changed = state != before || cases != before.cases() || episodes != before.episodes();
        if (changed) {
            state = state.with(cases, episodes);
        }
        return new StepResult(state, revisions, Optional.ofNullable(keep), released(), wake, dropped);
    }

    private OptionalLong wake() {
        long due = due();
        long timer = before.timer() <= now ? 0 : before.timer();
        boolean news = due != 0 && (timer == 0 || due < timer);
        state = state.withTimer(news ? due : timer);
        return news ? OptionalLong.of(due) : OptionalLong.empty();
    }

    /** The next time at which a case is due, or the youngest fact is old: a quiet host is looked at once. */
    private long due() {
        long due = Long.MAX_VALUE;
        for (var open : cases) {
            due = Math.min(due, open.touched() + definition.caseRetention().toMillis() + 1);
            if (!open.isTold()) {
                due = Math.min(due, open.tellAt());
            } else if (open.closeAt() != 0) {
                due = Math.min(due, open.closeAt());
            }
        }
        long young = Math.max(
                Math.max(lastArrival(state.clicks()), lastArrival(state.egresses())),
                Math.max(lastArrival(state.writes()), lastArrival(state.executions())));
        if (young != 0) {
            due = Math.min(due, young + definition.retention().toMillis() + 1);
        }
        if (!state.edges().isEmpty()) {
            due = Math.min(
                    due,
                    state.edges().getLast().arrived()
                            + definition.lineageRetention().toMillis()
                            + 1);
        }
        if (!episodes.isEmpty()) {
            due = Math.min(due, episodes.getLast().touched() + ChainDefinition.MEMORY.toMillis() + 1);
        }
        return due == Long.MAX_VALUE ? 0 : due;
    }

    private static long lastArrival(List<ChainEvent> items) {
        return items.isEmpty() ? 0 : items.getLast().arrived();
    }

    private List<EventId> released() {
        if (gone.isEmpty()) {
            return List.of();
        }
        var released = new ArrayList<EventId>();
        for (var id : gone) {
            if (!remembers(id) && !isMember(id) && !released.contains(id)) {
                released.add(id);
            }
        }
        return released;
    }
}
