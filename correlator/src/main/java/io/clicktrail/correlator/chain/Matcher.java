package io.clicktrail.correlator.chain;

import io.clicktrail.detection.Stage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds every chain that an event takes part in: a sequence matcher for one fixed pattern, evaluated for one new event
 * or process start at a time against the lists of recent events.
 *
 * <p>A chain is, for one tenant key:
 *
 * <ul>
 *   <li>click, egress and write, each linked to the next, or
 *   <li>egress and write where the file says that it came from there, lacks the mark of a download or was executed; the
 *       score is strong, or
 *   <li>click and egress where a living-off-the-land binary runs below and the score is strong, or the domain is known
 *   bad, or
 *   <li>click and write where the file says that it came from a domain with a strong score, or lacks the mark of a
 *       download and the clicked link has a strong score;
 * </ul>
 *
 * <p>each with the executions that follow.
 *
 * <p>The models are Flink CEP's NFA with skipping between stages (non-deterministic relaxed contiguity) and no skip
 * after a match, and EQL's sequences by a join key. Both advance partial matches in the order of time. Here evidence
 * arrives in any order within the grace, so no partial match is stored: the state is the events themselves, and a new
 * event is joined with all others at every stage that it can play. What is found is merged into the {@link OpenChain}
 * of its key, so overlapping matches are one chain and not many.
 *
 * <p>Invariants: whether one of the four holds for a set of events does not depend on what else is known, so the search
 * is monotone, matching the same events again changes nothing, and the order of arrival does not matter. A process
 * start adds links to events that were there before it; those are matched again.
 *
 * <p>Cost: one click or write is joined with each egress, at most {@link StateBound#EGRESSES}, and an egress with each
 * pair of a linked click and a linked write; follow-ons are found once for each write, living-off-the-land binaries
 * once for each process. An event that is linked to nothing, which is the rule, costs one pass over the other lists.
 * A matcher serves one step and keeps nothing.
 */
final class Matcher {

    private static final long NEVER = Long.MAX_VALUE;

    private final ChainDefinition definition;
    private final HostState state;
    private final LinkRules rules;
    private final Lineage lineage;
    private final List<MatchResult> results = new ArrayList<>();
    private final Map<ChainEvent, FollowOn> followOns = new IdentityHashMap<>();
    private final List<ChainEvent> evaluatedEgresses = new ArrayList<>();
    private final List<ChainEvent> evaluatedWrites = new ArrayList<>();
    private final List<ChainEvent> evaluatedExecutions = new ArrayList<>();

    Matcher(ChainDefinition definition, HostState state) {
        this.definition = definition;
        this.state = state;
        this.lineage = new Lineage(state.starts());
        this.rules = new LinkRules(definition, state.writes(), lineage);
    }

    List<MatchResult> results() {
        return results;
    }

    /** Matches all chains that the event, which the state already holds, can be part of. */
    void match(ChainEvent event) {
        if (event.plays(ChainEvent.CLICK)) {
            matchClick(event);
        }
        if (event.plays(ChainEvent.EGRESS)) {
            matchEgress(event);
        }
        if (event.plays(ChainEvent.WRITE)) {
            matchWrite(event);
        }
        if (event.plays(ChainEvent.EXECUTION)) {
            matchExecution(event);
        }
    }

    /** Matches all chains with events of a process that the start links to others. */
    void match(ProcessStart start) {
        matchBelow(start, state.clicks());
        matchBelow(start, state.egresses());
        matchBelow(start, state.writes());
        matchBelow(start, state.executions());
    }

    private void matchBelow(ProcessStart start, List<ChainEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            if (event.process() != Fingerprint.ABSENT
                    && (event.process() == start.process()
                            || lineage.descends(event.process(), start.process(), Long.MIN_VALUE, Long.MAX_VALUE))) {
                match(event);
            }
        }
    }

    private void matchClick(ChainEvent c) {
        var click = List.of(c);
        for (int i = 0; i < state.egresses().size(); i++) {
            var e = state.egresses().get(i);
            if (rules.clickToEgress(c, e) != LinkGradeSet.NONE) {
                matchEgress(e, click, state.writes());
            }
        }
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (rules.clickToWrite(c, w) != LinkGradeSet.NONE) {
                matchOrigin(w, click);
            }
        }
    }

    private void matchWrite(ChainEvent w) {
        if (evaluatedWrites.contains(w)) {
            return;
        }
        evaluatedWrites.add(w);
        var write = List.of(w);
        for (int i = 0; i < state.egresses().size(); i++) {
            var e = state.egresses().get(i);
            if (e.tenant() != null
                    && (e.tenant().equals(w.tenant()) || e.tenant().equals(w.referrer()))) {
                matchEgress(e);
            } else if (rules.egressToWrite(e, w) != LinkGradeSet.NONE) {
                matchEgress(e, state.clicks(), write);
            }
        }
        matchOrigin(w, state.clicks());
        matchWhatMade(w);
        if (w.is(ChainEvent.UNMARKED)) {
            matchUnmarked(w);
        }
    }

    private void matchUnmarked(ChainEvent missing) {
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (rules.speaksOf(missing, w)) {
                matchWrite(w);
            }
        }
    }

    /** Matches the write that a file was made of, and what ran and made it. */
    private void matchWhatMade(ChainEvent made) {
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (rules.renames(w, made)) {
                matchWrite(w);
            }
        }
        var line = lineage.lineOf(made.process());
        for (int i = 0; i < state.executions().size(); i++) {
            var x = state.executions().get(i);
            if (contains(line, x.process()) && rules.makes(x, made)) {
                matchExecution(x);
            }
        }
    }

    private static boolean contains(long[] line, long process) {
        for (long each : line) {
            if (each == process) {
                return true;
            }
        }
        return false;
    }

    private void matchExecution(ChainEvent x) {
        if (evaluatedExecutions.contains(x)) {
            return;
        }
        evaluatedExecutions.add(x);
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (rules.writeToExecution(w, x) != LinkGradeSet.NONE) {
                matchWrite(w);
            }
        }
        var line = lineage.lineOf(x.process());
        for (int i = 0; i < state.executions().size(); i++) {
            var above = state.executions().get(i);
            if (contains(line, above.process()) && rules.runsBelow(above, x)) {
                matchExecution(above);
            }
        }
        if (!x.is(ChainEvent.LOLBIN)) {
            return;
        }
        for (int i = 0; i < state.egresses().size(); i++) {
            var e = state.egresses().get(i);
            if (rules.egressToLolbin(e, x) != LinkGradeSet.NONE) {
                matchEgress(e);
            }
        }
        for (int i = 0; i < state.clicks().size(); i++) {
            var c = state.clicks().get(i);
            if (rules.clickToLolbin(c, x) != LinkGradeSet.NONE) {
                matchClick(c);
            }
        }
    }

    private void matchEgress(ChainEvent e) {
        if (!evaluatedEgresses.contains(e)) {
            evaluatedEgresses.add(e);
            matchEgress(e, state.clicks(), state.writes());
        }
    }

    /** The chains of one egress with the given clicks and writes: complete, with a write alone, with a click alone. */
    private void matchEgress(ChainEvent e, List<ChainEvent> givenClicks, List<ChainEvent> givenWrites) {
        if (e.tenant() == null) {
            return;
        }
        var clicks = clicksOf(e, givenClicks);
        var writes = writesOf(e, givenWrites);
        if (clicks.isEmpty() && writes.isEmpty()) {
            return;
        }
        var egress = new Node(Stage.EGRESS, e, LinkGradeSet.NONE);
        var result = new MatchResult(e.tenant());
        completeChains(clicks, egress, writes, result);
        if (e.score() >= definition.strongScore()) {
            chainsWithoutClick(egress, writes, result);
            chainsWithoutWrite(clicks, egress, result);
        }
        addUnlessEmpty(result);
    }

    private List<Node> clicksOf(ChainEvent e, List<ChainEvent> clicks) {
        List<Node> linked = List.of();
        for (int i = 0; i < clicks.size(); i++) {
            int grades = rules.clickToEgress(clicks.get(i), e);
            if (grades != LinkGradeSet.NONE) {
                linked = linked.isEmpty() ? new ArrayList<>() : linked;
                linked.add(new Node(Stage.CLICK, clicks.get(i), grades));
            }
        }
        return linked;
    }

    private List<Node> writesOf(ChainEvent e, List<ChainEvent> writes) {
        List<Node> linked = List.of();
        for (int i = 0; i < writes.size(); i++) {
            int grades = rules.egressToWrite(e, writes.get(i));
            if (grades != LinkGradeSet.NONE) {
                linked = linked.isEmpty() ? new ArrayList<>() : linked;
                linked.add(new Node(Stage.WRITE, writes.get(i), grades));
            }
        }
        return linked;
    }

    private void completeChains(List<Node> clicks, Node egress, List<Node> writes, MatchResult result) {
        for (var click : clicks) {
            for (var write : writes) {
                if (rules.inWindow(click.event, write.event)) {
                    result.complete = true;
                    result.detectedAt(Math.max(latest(click, egress), write.event.time()));
                    link(click, egress, click, result);
                    link(egress, write, write, result);
                    joinRuns(write, result);
                    joinLolbins(click, write, result);
                    joinLolbins(egress, write, result);
                }
            }
        }
    }

    private void chainsWithoutClick(Node egress, List<Node> writes, MatchResult result) {
        for (var write : writes) {
            if (!rules.inWindowOfEgress(egress.event, write.event)) {
                continue;
            }
            boolean isByFile =
                    (write.grades & LinkGradeSet.ARTIFACT) != 0 || isByActor(write) && rules.lacksMark(write.event);
            long ran = Math.min(firstRun(write), firstLolbin(egress, write));
            if (isByFile || ran != NEVER) {
                result.detectedAt(isByFile ? latest(egress, write) : Math.max(latest(egress, write), ran));
                link(egress, write, write, result);
                joinRuns(write, result);
                joinLolbins(egress, write, result);
            }
        }
    }

    private static boolean isByActor(Node write) {
        return (write.grades & (LinkGradeSet.SAME_PROCESS | LinkGradeSet.SAME_APPLICATION)) != 0;
    }

    private void chainsWithoutWrite(List<Node> clicks, Node egress, MatchResult result) {
        boolean knownBad = egress.event.score() >= definition.knownBadScore();
        for (var click : clicks) {
            long ran = Math.min(firstLolbin(click, click), firstLolbin(egress, click));
            if (knownBad || ran != NEVER) {
                result.detectedAt(knownBad ? latest(click, egress) : Math.max(latest(click, egress), ran));
                link(click, egress, click, result);
                joinLolbins(click, click, result);
                joinLolbins(egress, click, result);
            }
        }
    }

    /** The chains of one write with the given clicks where only the file or the clicked link names the domain. */
    private void matchOrigin(ChainEvent w, List<ChainEvent> clicks) {
        if (w.tenant() != null && w.score() >= definition.strongScore()) {
            var result = new MatchResult(w.tenant());
            var write = new Node(Stage.WRITE, w, LinkGradeSet.NONE);
            for (int i = 0; i < clicks.size(); i++) {
                chainWithoutEgress(clicks.get(i), write, result);
            }
            addUnlessEmpty(result);
        }
        if (rules.lacksMark(w)) {
            for (int i = 0; i < clicks.size(); i++) {
                var c = clicks.get(i);
                if (c.tenant() != null && c.score() >= definition.strongScore()) {
                    var result = new MatchResult(c.tenant());
                    chainWithoutEgress(c, new Node(Stage.WRITE, w, LinkGradeSet.NONE), result);
                    addUnlessEmpty(result);
                }
            }
        }
    }

    private void chainWithoutEgress(ChainEvent c, Node write, MatchResult result) {
        int grades = rules.clickToWrite(c, write.event);
        if (grades != LinkGradeSet.NONE) {
            var click = new Node(Stage.CLICK, c, grades);
            result.detectedAt(latest(click, write));
            link(click, write, click, result);
            joinRuns(write, result);
            joinLolbins(click, write, result);
        }
    }

    private void addUnlessEmpty(MatchResult result) {
        if (!result.isEmpty()) {
            results.add(result);
        }
    }

    private static long latest(Node a, Node b) {
        return Math.max(a.event.time(), b.event.time());
    }

    /** Links two stages once; the link's grades are those of one of them. */
    private static void link(Node from, Node to, Node graded, MatchResult result) {
        if (!graded.linked) {
            graded.linked = true;
            result.link(from.joined(result), to.joined(result), graded.grades);
        }
    }

    private void joinRuns(Node write, MatchResult result) {
        if (write.followed) {
            return;
        }
        write.followed = true;
        var followOn = followOn(write);
        for (var ran : followOn.ran()) {
            var from = ran.write() == write.event ? write.joined(result) : result.join(Stage.WRITE, ran.write());
            result.link(from, result.join(Stage.EXECUTION, ran.execution()), ran.grades());
        }
        for (var made : followOn.made()) {
            result.join(Stage.WRITE, made);
        }
        for (var below : followOn.below()) {
            result.join(Stage.EXECUTION, below);
        }
    }

    private long firstRun(Node write) {
        long first = NEVER;
        for (var ran : followOn(write).ran()) {
            first = Math.min(first, ran.execution().time());
        }
        return first;
    }

    private FollowOn followOn(Node write) {
        return followOns.computeIfAbsent(write.event, event -> new FollowOn(state, rules, event));
    }

    /** The living-off-the-land binaries below a process join, as far as they follow the write, or the click if none. */
    private void joinLolbins(Node origin, Node followed, MatchResult result) {
        for (var x : lolbinsBelow(origin)) {
            if (follows(followed, x)) {
                result.link(origin.joined(result), result.join(Stage.EXECUTION, x), toLolbin(origin, x));
            }
        }
    }

    private long firstLolbin(Node origin, Node followed) {
        long first = NEVER;
        for (var x : lolbinsBelow(origin)) {
            if (x.time() < first && follows(followed, x)) {
                first = x.time();
            }
        }
        return first;
    }

    private boolean follows(Node node, ChainEvent x) {
        return node.stage == Stage.CLICK ? rules.followsClick(node.event, x) : rules.follows(node.event, x);
    }

    private List<ChainEvent> lolbinsBelow(Node origin) {
        if (origin.lolbins == null) {
            List<ChainEvent> below = List.of();
            for (int i = 0; i < state.executions().size(); i++) {
                var x = state.executions().get(i);
                if (x.is(ChainEvent.LOLBIN) && toLolbin(origin, x) != LinkGradeSet.NONE) {
                    below = below.isEmpty() ? new ArrayList<>() : below;
                    below.add(x);
                }
            }
            origin.lolbins = below;
        }
        return origin.lolbins;
    }

    private int toLolbin(Node origin, ChainEvent x) {
        return origin.stage == Stage.CLICK
                ? rules.clickToLolbin(origin.event, x)
                : rules.egressToLolbin(origin.event, x);
    }

    /** An event in one evaluation, with its link to the egress, or to the write where there is none. */
    private static final class Node {

        final Stage stage;
        final ChainEvent event;
        final int grades;
        boolean linked;
        boolean followed;

        @Nullable
        ChainMember member;

        @Nullable
        List<ChainEvent> lolbins;

        Node(Stage stage, ChainEvent event, int grades) {
            this.stage = stage;
            this.event = event;
            this.grades = grades;
        }

        ChainMember joined(MatchResult result) {
            if (member == null) {
                member = result.join(stage, event);
            }
            return member;
        }
    }
}
