package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.chain.HostState.Episodes;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open chains of one host and the episodes of its closed ones, while a step is taken: matches join chains, chains
 * that are due are emitted, closed and archived. Both lists are copied when they change, never altered in place.
 */
final class OpenChains {

    private final ChainDefinition definition;
    private final long now;
    private final Sensors sensors;
    private final StepEffects effects;

    private List<OpenChain> chains;
    private List<Episodes> episodes;

    OpenChains(ChainDefinition definition, HostState before, long now, Sensors sensors, StepEffects effects) {
        this.definition = definition;
        this.now = now;
        this.sensors = sensors;
        this.effects = effects;
        this.chains = before.chains();
        this.episodes = before.episodes();
    }

    List<OpenChain> chains() {
        return chains;
    }

    List<Episodes> episodes() {
        return episodes;
    }

    /** Emits and closes what is due, archives chains whose time is over and forgets old episodes. */
    void expire(Platform platform) {
        for (int i = 0; i < chains.size(); i++) {
            emitIfDue(i, platform);
        }
        archive(now - definition.chainRetention().toMillis());
        forgetEpisodes(now - ChainDefinition.MEMORY.toMillis());
    }

    private void emitIfDue(int i, Platform platform) {
        var chain = chains.get(i);
        if (chain.isEmpty()) {
            return;
        }
        if (!chain.isEmitted() && chain.emitAt() <= now) {
            emit(i, chain, DetectionChange.CREATED, platform);
            chain = chains.get(i);
        }
        if (chain.isEmitted() && chain.closeAt() != 0 && chain.closeAt() <= now) {
            var closed = chain.closed(sensors);
            set(i, closed);
            if (closed.revision() != chain.revision()) {
                effects.emit(closed, DetectionChange.REVISED);
            }
        }
    }

    private void archive(long oldest) {
        for (int i = chains.size() - 1; i >= 0; i--) {
            if (chains.get(i).touched() < oldest) {
                archive(i);
            }
        }
    }

    /** Takes a chain out and remembers the number of its episode. */
    private void archive(int i) {
        var over = chains.get(i);
        for (var member : over.members()) {
            effects.remove(member.id());
        }
        chains = new ArrayList<>(chains);
        chains.remove(i);
        if (over.isEmpty()) {
            return;
        }
        long tenant = Fingerprint.of(over.tenantKey());
        int count = Math.max(over.episode(), episodesOf(tenant));
        episodes = new ArrayList<>(episodes);
        episodes.removeIf(known -> known.tenant() == tenant);
        episodes.add(new Episodes(tenant, count, over.touched()));
        if (episodes.size() > StateBound.EPISODES.max()) {
            episodes.removeFirst();
            effects.drop(StateBound.EPISODES);
        }
    }

    /** Whether an event is a member of a chain that began before a time, milliseconds since 1970. */
    boolean beganBefore(long oldest, EventId id) {
        for (var chain : chains) {
            if (chain.holds(id) && chain.first() < oldest * 1_000) {
                return true;
            }
        }
        return false;
    }

    /**
     * Empties chains.
     *
     * @param oldest those that began earlier stay, milliseconds since 1970
     * @param isThere whether an event can be matched again; those with another member stay
     */
    void empty(long oldest, Predicate<EventId> isThere) {
        for (int i = 0; i < chains.size(); i++) {
            var chain = chains.get(i);
            boolean isWhole = chain.members().stream().map(ChainMember::id).allMatch(isThere);
            if (isWhole && chain.first() >= oldest * 1_000) {
                chain.members().forEach(member -> effects.remove(member.id()));
                set(i, chain.emptied());
            }
        }
    }

    /** Closes the chains of an event, which go on under another host. */
    void takeBack(EventId id, Platform platform) {
        for (int i = chains.size() - 1; i >= 0; i--) {
            var chain = chains.get(i);
            if (!chain.holds(id)) {
                continue;
            }
            if (chain.isEmitted()) {
                effects.emit(chain.emitted(platform, sensors), DetectionChange.CLOSED);
            }
            for (var member : chain.members()) {
                effects.remove(member.id());
            }
            chains = new ArrayList<>(chains);
            chains.remove(i);
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

    /** Whether an event ever joined an open chain as a write. */
    boolean holdWrite(EventId id) {
        for (var chain : chains) {
            if (chain.counts(Stage.WRITE, id)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an event is a member of an open chain. */
    boolean hold(EventId id) {
        for (var chain : chains) {
            if (chain.holds(id)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Joins matches to the chains that they belong to, begins a chain where there is none, and emits what changed.
     *
     * @param hasRun whether a process start or an execution came, which may be of a file of an open chain
     * @param raised event of which more is known now, as when intel came later; its chains are emitted again
     * @param arrived stream time at which the evidence came, milliseconds since 1970; 0 where each match knows from
     *     when on it counts
     */
    void join(Matcher matcher, boolean hasRun, @Nullable EventId raised, long arrived, Platform platform) {
        join(matcher, hasRun, raised, chains, arrived, platform);
    }

    /** The same, where chains were emptied before: those that stay empty are closed. */
    void join(
            Matcher matcher,
            boolean hasRun,
            @Nullable EventId raised,
            List<OpenChain> before,
            long arrived,
            Platform platform) {
        var unjoined = chains;
        for (var match : matcher.results()) {
            int i = indexFor(match);
            join(i < 0 ? begin(match, platform) : i, match, arrived);
        }
        for (int i = 0; (hasRun || chains != unjoined) && i < chains.size(); i++) {
            var late = matcher.lateRuns(chains.get(i));
            if (!late.isEmpty()) {
                join(i, late, arrived);
            }
        }
        if (chains != before || raised != null) {
            emitWhatChanged(before, raised, platform);
            forgetEmpty();
            bound();
        }
    }

    private void join(int i, MatchResult match, long arrived) {
        var chain = chains.get(i);
        var joined = chain.joinedBy(match, definition, arrived);
        if (joined != chain) {
            countDroppedMembers(chain, joined);
            set(i, joined);
        }
    }

    /** The earliest open episode that the match belongs to, or -1. */
    private int indexFor(MatchResult match) {
        for (int i = 0; i < chains.size(); i++) {
            if (chains.get(i).covers(match.tenantKey, match.first, match.last)) {
                return i;
            }
        }
        return -1;
    }

    private int begin(MatchResult match, Platform platform) {
        int episode = episodesOf(Fingerprint.of(match.tenantKey));
        for (var chain : chains) {
            if (chain.tenantKey().equals(match.tenantKey)) {
                episode = Math.max(episode, chain.episode());
            }
        }
        chains = new ArrayList<>(chains);
        chains.add(OpenChain.begin(definition, platform, match, episode + 1));
        return chains.size() - 1;
    }

    private void countDroppedMembers(OpenChain chain, OpenChain joined) {
        int left = joined.members().size();
        int came = chain.members().size() + joined.total() - chain.total();
        for (int i = left; i < came; i++) {
            effects.drop(StateBound.CHAIN_EVIDENCE);
        }
        for (var member : chain.members()) {
            if (!joined.members().contains(member)) {
                effects.remove(member.id());
            }
        }
    }

    private void emitWhatChanged(List<OpenChain> before, @Nullable EventId raised, Platform platform) {
        for (int i = 0; i < chains.size(); i++) {
            var chain = chains.get(i);
            var known = i < before.size() ? before.get(i) : null;
            boolean isRaised = raised != null && chain.holds(raised);
            if (chain == known && !isRaised) {
                continue;
            }
            if (chain.isEmpty()) {
                if (known != null && known.isEmitted()) {
                    close(i, chain, known, platform);
                }
                continue;
            }
            if (!chain.isEmitted()) {
                if (chain.emitAt() <= now) {
                    emit(i, chain, DetectionChange.CREATED, platform);
                }
            } else if (known == null || isRaised || !chain.hasContentOf(known)) {
                emit(i, chain, DetectionChange.REVISED, platform);
            }
        }
    }

    /** Closes a chain of which nothing holds any more. It stays, so that its revisions go on where it begins again. */
    private void close(int i, OpenChain chain, OpenChain known, Platform platform) {
        if (!known.isEmpty()) {
            effects.emit(known.emitted(platform, sensors), DetectionChange.CLOSED);
            set(i, chain.emitted(platform, sensors));
        }
    }

    /** Forgets chains of which nothing holds any more and that nobody has heard of. */
    private void forgetEmpty() {
        for (int i = chains.size() - 1; i >= 0; i--) {
            if (chains.get(i).isEmpty() && !chains.get(i).isEmitted()) {
                chains = new ArrayList<>(chains);
                chains.remove(i);
            }
        }
    }

    private void emit(int i, OpenChain chain, DetectionChange change, Platform platform) {
        var emitted = chain.emitted(platform, sensors);
        set(i, emitted);
        effects.emit(emitted, change);
    }

    private void bound() {
        while (chains.size() > StateBound.CHAINS.max()) {
            int stalest = 0;
            for (int i = 1; i < chains.size(); i++) {
                if (chains.get(i).touched() < chains.get(stalest).touched()) {
                    stalest = i;
                }
            }
            archive(stalest);
            effects.drop(StateBound.CHAINS);
        }
    }

    private void set(int i, OpenChain chain) {
        chains = new ArrayList<>(chains);
        chains.set(i, chain);
    }

    /**
     * Stream time at which a chain or an episode is due next, milliseconds since 1970; {@link Long#MAX_VALUE} if none
     * is.
     */
    long due() {
        long due = Long.MAX_VALUE;
        for (var chain : chains) {
            due = Math.min(due, chain.touched() + definition.chainRetention().toMillis() + 1);
            if (chain.isEmpty()) {
                continue;
            }
            if (!chain.isEmitted()) {
                due = Math.min(due, chain.emitAt());
            } else if (chain.closeAt() != 0) {
                due = Math.min(due, chain.closeAt());
            }
        }
        return episodes.isEmpty()
                ? due
                : Math.min(due, episodes.getLast().touched() + ChainDefinition.MEMORY.toMillis() + 1);
    }
}
