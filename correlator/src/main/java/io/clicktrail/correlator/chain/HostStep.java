package io.clicktrail.correlator.chain;

import io.clicktrail.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One step of one host while it is taken: expire, then take evidence in, then end. The state before is never altered;
 * nothing is visible outside until {@link #end()}.
 */
final class HostStep {

    private final ChainDefinition definition;
    private final HostState before;
    private final long now;
    private final StepEffects effects = new StepEffects();
    private final RecentEvents recent;
    private final OpenChains chains;
    private @Nullable Evidence keep;

    HostStep(ChainDefinition definition, HostState before, long now, Sensors sensors) {
        this.definition = definition;
        this.before = before;
        this.now = now;
        this.recent = new RecentEvents(before, effects);
        this.chains = new OpenChains(definition, before, now, sensors, effects);
    }

    /** Forgets what is old and emits what is due. */
    void expire() {
        // First: time may jump, and what was awaited for minutes must not be forgotten with what is hours old.
        settleWrites();
        recent.expire(definition, now, chains::holdWrite);
        chains.expire(recent.platform());
    }

    /** What process, application or time alone tie to a file counts once no mark of another origin is awaited. */
    private void settleWrites() {
        var settled = recent.settle(now - definition.markDelay().toMillis());
        if (!settled.isEmpty()) {
            var matcher = new Matcher(definition, recent.state());
            settled.forEach(matcher::match);
            // They count from when they were due, not from now: after an outage that may be hours ago.
            long delay = definition.markDelay().toMillis() + 1;
            for (var match : matcher.results()) {
                settled.forEach(write -> match.settle(write.id(), write.arrived() + delay));
            }
            chains.join(matcher, false, null, 0, recent.platform());
        }
    }

    /**
     * Takes evidence in and matches every chain that it can be part of. Of an event that is known already only what was
     * not known before counts, such as intel that came later. Where its process turned out to be another than was
     * thought, its chains begin anew.
     */
    void take(Evidence evidence, EvidenceLookup lookup, long arrived) {
        var id = EventId.of(evidence.getEvent().getEventId());
        boolean isRecent = recent.holds(id);
        boolean isMember = chains.hold(id);
        var known = isRecent || isMember ? lookup.of(id) : null;
        var merged = known == null ? evidence : RepeatedEvidence.joined(known, evidence);
        boolean isRaised = known != null && merged != known;
        boolean isReplaced = known != null && RepeatedEvidence.replaces(merged, known);
        var parsed = EvidenceParser.read(merged);
        var event = parsed.event().arrivedAt(arrived);
        boolean isNewEvent = event.roles() != 0 && (isRaised || !isRecent);
        if (known != null && isReplaced) {
            EvidenceParser.read(known).starts().forEach(recent::remove);
        }
        boolean hasNewStart = false;
        for (var start : parsed.starts()) {
            hasNewStart |= recent.add(start, arrived);
        }
        if (!isNewEvent && !hasNewStart && !isReplaced) {
            return;
        }
        recent.observePlatform(merged.getPlatform());
        if (isRaised && isRecent) {
            recent.forget(id);
        }
        if (isNewEvent) {
            keep = isRaised || !isMember ? merged : null;
            recent.add(event);
        }
        if (isReplaced) {
            effects.remove(id);
            if (!chains.chains().isEmpty()) {
                beginAnew(id, arrived);
                return;
            }
        }
        var matcher = new Matcher(definition, recent.state());
        if (hasNewStart) {
            parsed.starts().forEach(matcher::match);
        }
        if (isNewEvent) {
            matcher.match(event);
        }
        boolean hasRun = hasNewStart || event.plays(ChainEvent.EXECUTION);
        chains.join(matcher, hasRun, isRaised ? id : null, arrived, recent.platform());
    }

    /**
     * Matches everything again, as less may hold of an event than before, for its chains or those that it spoke for. A
     * chain whose evidence is not there any more as a whole keeps what it has.
     */
    private void beginAnew(EventId id, long arrived) {
        var known = chains.chains();
        chains.empty(arrived - definition.retention().toMillis(), other -> other.equals(id) || recent.holds(other));
        var matcher = new Matcher(definition, recent.state());
        recent.forEach(matcher::match);
        chains.join(matcher, true, id, known, arrived, recent.platform());
    }

    /** Takes an event back with its chains, unless one of them began too long ago. */
    void takeBack(EventId id, long arrived) {
        if (chains.beganBefore(arrived - definition.growth().toMillis(), id)) {
            return;
        }
        if (recent.holds(id)) {
            recent.forget(id);
            effects.remove(id);
        }
        chains.takeBack(id, recent.platform());
    }

    StepResult end() {
        var state = recent.state();
        if (state != before || chains.chains() != before.chains() || chains.episodes() != before.episodes()) {
            state = state.with(chains.chains(), chains.episodes());
        }
        long due = Math.min(chains.due(), recent.due(definition, now));
        long timer = before.timer() <= now ? 0 : before.timer();
        boolean isNews = due != Long.MAX_VALUE && (timer == 0 || due < timer);
        return new StepResult(
                state.withTimer(isNews ? due : timer),
                effects.revisions(),
                Optional.ofNullable(keep),
                released(),
                isNews ? OptionalLong.of(due) : OptionalLong.empty(),
                effects.dropped());
    }

    private List<EventId> released() {
        if (effects.removed().isEmpty()) {
            return List.of();
        }
        var released = new ArrayList<EventId>();
        for (var id : effects.removed()) {
            if (!recent.holds(id) && !chains.hold(id) && !released.contains(id)) {
                released.add(id);
            }
        }
        return released;
    }
}
