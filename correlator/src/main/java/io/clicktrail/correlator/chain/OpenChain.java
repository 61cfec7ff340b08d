package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.decision.ChainVerdict;
import io.clicktrail.correlator.decision.DecisionPartKind;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Platform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One chain of one tenant key on a host, from its first link until the key has been quiet for a day. Evidence only ever
 * joins; what has joined stays when the events themselves have expired.
 *
 * @param tenantKey who answers for the link, the egress or the origin of the file
 * @param episode 1, 2, 3 …: how many chains of this key the host has had within memory
 * @param epoch number of the {@link ChainDefinition#MEMORY} in which the chain was first emitted; set then and never
 *     changed
 * @param platform of the host; fixed when the chain is first emitted
 * @param complete whether a click is linked to the write of a file, or to code that ran
 * @param first earliest event time of all members, microseconds since 1970
 * @param last latest event time of all members, microseconds since 1970
 * @param detected earliest event time at which some of the members were a detection, microseconds since 1970
 * @param touched stream time at which the last member joined, milliseconds since 1970
 * @param emitAt stream time at which a chain that is held back is emitted, milliseconds since 1970; 0 for at once
 * @param closeAt stream time at which the missing stages are decided, milliseconds since 1970; 0 once they are
 * @param revision how often it was emitted; 0 while it is held back
 * @param members the members that are shown, in order, at most {@link StateBound#CHAIN_EVIDENCE}
 * @param seen digests of all members that ever joined, sorted, at most {@link #MAX_COUNTED}
 * @param links the best link into each stage
 * @param missing stages that are not in the chain, as last emitted
 * @param windows what was allowed for when the chain began
 * @param verdict what its strongest path is worth, without what ran late
 * @param latePoints what it is worth that a file of the chain ran after the follow-on time; 0 if none did
 */
public record OpenChain(
        String tenantKey,
        int episode,
        long epoch,
        Platform platform,
        boolean complete,
        long first,
        long last,
        long detected,
        long touched,
        long emitAt,
        long closeAt,
        int revision,
        List<ChainMember> members,
        long[] seen,
        List<ChainLink> links,
        List<AbsentStage> missing,
        Windows windows,
        ChainVerdict verdict,
        int latePoints) {

    /** How many pieces of evidence of one chain are counted; more than that are reported as this many. */
    public static final int MAX_COUNTED = 256;

    private static final long AT_ONCE = 0;
    private static final int MAX_LINK_ENDS = 6;
    private static final int STAGES = Stage.values().length;

    /**
     * The lengths under which a chain was matched, milliseconds.
     *
     * @param window from click to write
     * @param followOn from write to execution
     * @param skew between two clocks
     */
    public record Windows(long window, long followOn, long skew) {

        static Windows of(ChainDefinition definition) {
            return new Windows(
                    definition.window().toMillis(),
                    definition.followOn().toMillis(),
                    definition.skew().toMillis());
        }
    }

    public OpenChain {
        members = List.copyOf(members);
        links = List.copyOf(links);
        missing = List.copyOf(missing);
    }

    static OpenChain begin(ChainDefinition definition, Platform platform, MatchResult match, int episode) {
        return new OpenChain(
                match.tenantKey,
                episode,
                0,
                platform,
                false,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0,
                Long.MAX_VALUE,
                0,
                0,
                List.of(),
                new long[0],
                List.of(),
                List.of(),
                Windows.of(definition),
                ChainVerdict.NONE,
                0);
    }

    /** Number of pieces of evidence that ever joined. */
    public int total() {
        return seen.length;
    }

    /** What the chain is worth, with what ran late. */
    public ChainVerdict judgement() {
        return latePoints == 0 ? verdict : verdict.with(DecisionPartKind.CODE_RAN, latePoints);
    }

    /** Whether an event ever joined at a stage. */
    boolean counts(Stage stage, EventId id) {
        return Arrays.binarySearch(seen, ChainMember.digest(stage, id)) >= 0;
    }

    /** Whether nothing of it holds any more, as one of its events turned out to be another. */
    boolean isEmpty() {
        return members.isEmpty();
    }

    boolean isEmitted() {
        return revision > 0;
    }

    boolean has(Stage stage) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).stage() == stage) {
                return true;
            }
        }
        return false;
    }

    boolean holds(EventId id) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).id().equals(id)) {
                return true;
            }
        }
        return false;
    }

    /** Whether events of this span of event time belong to this episode. */
    boolean covers(String tenant, long from, long to) {
        long quiet = ChainDefinition.QUIET.toNanos() / 1_000;
        return tenantKey.equals(tenant) && from <= last + quiet && to >= first - quiet;
    }

    /** Whether both would be emitted with the same content. */
    boolean hasContentOf(OpenChain other) {
        return seen.length == other.seen.length
                && first == other.first
                && last == other.last
                && detected == other.detected
                && members.equals(other.members)
                && links.equals(other.links)
                && missing.equals(other.missing)
                && verdict.equals(other.verdict)
                && latePoints == other.latePoints;
    }

    /**
     * This chain without its evidence, to be joined by what still holds: its number, id and time stay. Like one that
     * begins, it is not earlier than what joins first.
     */
    OpenChain emptied() {
        return new OpenChain(
                tenantKey,
                episode,
                epoch,
                platform,
                false,
                first,
                last,
                Long.MAX_VALUE,
                touched,
                emitAt,
                0,
                revision,
                List.of(),
                new long[0],
                List.of(),
                List.of(),
                windows,
                ChainVerdict.NONE,
                0);
    }

    /**
     * This chain with what was found; itself if that adds nothing. What is found late counts from when it was there, so
     * a chain is due at the same time whether time passed in small steps or, after an outage, in a large one.
     */
    OpenChain joinedBy(MatchResult match, ChainDefinition definition, long arrived) {
        var allSeen = seenWith(match.members);
        var bestLinks = linksWith(match.links);
        boolean completes = match.complete && !complete;
        boolean earlier = match.detected < detected;
        long from = isEmpty() ? match.first : Math.min(first, match.first);
        long to = isEmpty() ? match.last : Math.max(last, match.last);
        boolean wider = from != first || to != last;
        boolean counted = allSeen != seen || seen.length == MAX_COUNTED;
        var strongest = verdict.or(match.verdict);
        boolean stronger = !strongest.equals(verdict) || match.latePoints > latePoints;
        if (!counted && bestLinks == links && !completes && !earlier && !wider && !stronger) {
            return this;
        }
        var retained = retainedOf(match.members, bestLinks, allSeen.length);
        boolean sameMembers = allSeen == seen && retained.equals(members);
        if (sameMembers && bestLinks == links && !completes && !earlier && !wider && !stronger) {
            return this;
        }
        boolean hasWrite = complete || completes || has(retained, Stage.WRITE);
        boolean whole = true;
        for (var stage : Stage.values()) {
            whole &= has(retained, stage);
        }
        long joined = Math.max(arrived, match.arrived);
        long latest = Math.max(touched, joined);
        var followed = hasWrite ? definition.followOn() : definition.followOn().plus(definition.window());
        return new OpenChain(
                tenantKey,
                episode,
                epoch,
                platform,
                complete || completes,
                from,
                to,
                Math.min(detected, match.detected),
                latest,
                complete || completes
                        ? AT_ONCE
                        : Math.min(emitAt, joined + definition.partialDelay().toMillis()),
                whole ? 0 : latest + followed.plus(definition.grace()).toMillis(),
                revision,
                retained,
                allSeen,
                bestLinks,
                // Whether a sensor was alive is asked of the time when the chain began.
                from < first ? List.of() : missing,
                windows,
                strongest,
                Math.max(latePoints, match.latePoints));
    }

    private static boolean has(List<ChainMember> members, Stage stage) {
        for (var member : members) {
            if (member.stage() == stage) {
                return true;
            }
        }
        return false;
    }

    private long[] seenWith(List<ChainMember> found) {
        var all = seen;
        for (var member : found) {
            int at = Arrays.binarySearch(all, member.digest());
            if (at < 0 && all.length < MAX_COUNTED) {
                var longer = new long[all.length + 1];
                int insertion = -at - 1;
                System.arraycopy(all, 0, longer, 0, insertion);
                longer[insertion] = member.digest();
                System.arraycopy(all, insertion, longer, insertion + 1, all.length - insertion);
                all = longer;
            }
        }
        return all;
    }

    private List<ChainLink> linksWith(List<ChainLink> found) {
        var best = links;
        for (var link : found) {
            int i = 0;
            while (i < best.size() && best.get(i).to().stage() != link.to().stage()) {
                i++;
            }
            if (i == best.size() || ChainLink.BEST_FIRST.compare(link, best.get(i)) < 0) {
                best = new ArrayList<>(best);
                if (i == best.size()) {
                    best.add(link);
                } else {
                    best.set(i, link);
                }
                best.sort((a, b) -> a.to().stage().compareTo(b.to().stage()));
            }
        }
        return best;
    }

    /**
     * The members to show: the ends of the best links, and of the others the earliest of each stage in turn. A member's
     * turn can only get later as others join, so what was dropped once would be dropped at the end as well: the same
     * members are shown for every order of arrival.
     */
    private List<ChainMember> retainedOf(List<ChainMember> found, List<ChainLink> bestLinks, int total) {
        var all = new ArrayList<>(members);
        for (var member : found) {
            if (!all.contains(member)) {
                all.add(member);
            }
        }
        Collections.sort(all);
        if (total <= StateBound.CHAIN_EVIDENCE.max()) {
            return all;
        }
        var retained = new ArrayList<ChainMember>(StateBound.CHAIN_EVIDENCE.max());
        for (int turn = 0; retained.size() < StateBound.CHAIN_EVIDENCE.max() - MAX_LINK_ENDS; turn++) {
            if (!retainTurn(turn, all, retained)) {
                break;
            }
        }
        for (var link : bestLinks) {
            retain(link.from(), retained);
            retain(link.to(), retained);
        }
        Collections.sort(retained);
        return retained;
    }

    private static boolean retainTurn(int turn, List<ChainMember> all, List<ChainMember> retained) {
        boolean any = false;
        for (var stage : Stage.values()) {
            int place = 0;
            for (var member : all) {
                if (member.stage() == stage && place++ == turn) {
                    any = true;
                    if (retained.size() < StateBound.CHAIN_EVIDENCE.max() - MAX_LINK_ENDS) {
                        retained.add(member);
                    }
                }
            }
        }
        return any;
    }

    private static void retain(ChainMember member, List<ChainMember> retained) {
        if (!retained.contains(member)) {
            retained.add(member);
        }
    }

    /** This chain, emitted for the first time or again because evidence joined. */
    OpenChain emitted(Platform hostPlatform, Sensors sensors) {
        long epochMicros = ChainDefinition.MEMORY.toNanos() / 1_000;
        return with(
                isEmitted() ? epoch : Math.floorDiv(detected, epochMicros),
                isEmitted() ? platform : hostPlatform,
                revision + 1,
                closeAt,
                missingNow(sensors));
    }

    /** This chain with the reasons of its missing stages decided; the revision counts if that changes the content. */
    OpenChain closed(Sensors sensors) {
        var decided = new ArrayList<AbsentStage>(STAGES);
        for (var stage : Stage.values()) {
            if (!has(stage)) {
                decided.add(new AbsentStage(stage, sensors.whyMissing(stage, first)));
            }
        }
        return with(epoch, platform, decided.equals(missing) ? revision : revision + 1, 0, decided);
    }

    private List<AbsentStage> missingNow(Sensors sensors) {
        var now = new ArrayList<AbsentStage>(STAGES);
        for (var stage : Stage.values()) {
            if (!has(stage)) {
                now.add(new AbsentStage(stage, reasonNow(stage, sensors)));
            }
        }
        return now;
    }

    private MissingReason reasonNow(Stage stage, Sensors sensors) {
        if (stage == Stage.EXECUTION) {
            return closeAt == 0 ? sensors.whyMissing(stage, first) : MissingReason.PENDING;
        }
        for (var known : missing) {
            if (known.stage() == stage) {
                return known.reason();
            }
        }
        return sensors.whyMissing(stage, first);
    }

    private OpenChain with(
            long newEpoch, Platform newPlatform, int newRevision, long newCloseAt, List<AbsentStage> newMissing) {
        return new OpenChain(
                tenantKey,
                episode,
                newEpoch,
                newPlatform,
                complete,
                first,
                last,
                detected,
                touched,
                emitAt,
                newCloseAt,
                newRevision,
                members,
                seen,
                links,
                newMissing,
                windows,
                verdict,
                latePoints);
    }
}
