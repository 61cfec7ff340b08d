package io.clicktrail.correlator.chain;

import io.clicktrail.detection.Stage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds every chain that a fact takes part in. A chain is, for one tenant key:
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
 * <p>each with the executions that follow. All four hold or do not hold for a set of facts, whatever else is known: the
 * search is monotone, and looking again at the same facts changes nothing.
 */
final class Matcher {

    private static final long NEVER = Long.MAX_VALUE;

    private final ChainDefinition definition;
    private final HostState state;
    private final LinkRules links;
    private final Lineage lineage;
    private final List<MatchResult> findings = new ArrayList<>();
    private final Map<ChainEvent, FollowOn> followOns = new IdentityHashMap<>();
    private final List<ChainEvent> evaluatedEgresses = new ArrayList<>();
    private final List<ChainEvent> evaluatedWrites = new ArrayList<>();
    private final List<ChainEvent> evaluatedExecutions = new ArrayList<>();

    Matcher(ChainDefinition definition, HostState state) {
        this.definition = definition;
        this.state = state;
        this.lineage = new Lineage(state.edges());
        this.links = new LinkRules(definition, state.writes(), lineage);
    }

    List<MatchResult> findings() {
        return findings;
    }

    /** Looks at all chains that the fact, which the state already holds, can be part of. */
    void look(ChainEvent item) {
        if (item.plays(ChainEvent.CLICK)) {
            lookAtClick(item);
        }
        if (item.plays(ChainEvent.EGRESS)) {
            lookAtEgress(item);
        }
        if (item.plays(ChainEvent.WRITE)) {
            lookAtWrite(item);
        }
        if (item.plays(ChainEvent.EXECUTION)) {
            lookAtExecution(item);
        }
    }

    /** Looks at all chains with facts of a process that the start ties to others. */
    void look(ProcessStart edge) {
        lookBelow(edge, state.clicks());
        lookBelow(edge, state.egresses());
        lookBelow(edge, state.writes());
        lookBelow(edge, state.executions());
    }

    private void lookBelow(ProcessStart edge, List<ChainEvent> items) {
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            if (item.process() != Fingerprint.ABSENT
                    && (item.process() == edge.process()
                            || lineage.descends(item.process(), edge.process(), Long.MIN_VALUE, Long.MAX_VALUE))) {
                look(item);
            }
        }
    }

    private void lookAtClick(ChainEvent c) {
        var click = List.of(c);
        for (int i = 0; i < state.egresses().size(); i++) {
            var e = state.egresses().get(i);
            if (links.clickToEgress(c, e) != LinkGradeSet.NONE) {
                lookAtEgress(e, click, state.writes());
            }
        }
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (links.clickToWrite(c, w) != LinkGradeSet.NONE) {
                lookAtOrigin(w, click);
            }
        }
    }

    private void lookAtWrite(ChainEvent w) {
        if (evaluatedWrites.contains(w)) {
            return;
        }
        evaluatedWrites.add(w);
        var write = List.of(w);
        for (int i = 0; i < state.egresses().size(); i++) {
            var e = state.egresses().get(i);
            if (e.tenant() != null
                    && (e.tenant().equals(w.tenant()) || e.tenant().equals(w.referrer()))) {
                lookAtEgress(e);
            } else if (links.egressToWrite(e, w) != LinkGradeSet.NONE) {
                lookAtEgress(e, state.clicks(), write);
            }
        }
        lookAtOrigin(w, state.clicks());
        lookAtWhatMade(w);
        if (w.is(ChainEvent.UNMARKED)) {
            lookAtWhatLacksTheMark(w);
        }
    }

    private void lookAtWhatLacksTheMark(ChainEvent missing) {
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (links.speaksOf(missing, w)) {
                lookAtWrite(w);
            }
        }
    }

    /** Looks at the write that a file was made of, and at what ran and made it. */
    private void lookAtWhatMade(ChainEvent made) {
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (links.renames(w, made)) {
                lookAtWrite(w);
            }
        }
        var line = lineage.lineOf(made.process());
        for (int i = 0; i < state.executions().size(); i++) {
            var x = state.executions().get(i);
            if (contains(line, x.process()) && links.makes(x, made)) {
                lookAtExecution(x);
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

    private void lookAtExecution(ChainEvent x) {
        if (evaluatedExecutions.contains(x)) {
            return;
        }
        evaluatedExecutions.add(x);
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (links.writeToExecution(w, x) != LinkGradeSet.NONE) {
                lookAtWrite(w);
            }
        }
        var line = lineage.lineOf(x.process());
        for (int i = 0; i < state.executions().size(); i++) {
            var above = state.executions().get(i);
            if (contains(line, above.process()) && links.runsBelow(above, x)) {
                lookAtExecution(above);
            }
        }
        if (!x.is(ChainEvent.LOLBIN)) {
            return;
        }
        for (int i = 0; i < state.egresses().size(); i++) {
            var e = state.egresses().get(i);
            if (links.egressToLolbin(e, x) != LinkGradeSet.NONE) {
                lookAtEgress(e);
            }
        }
        for (int i = 0; i < state.clicks().size(); i++) {
            var c = state.clicks().get(i);
            if (links.clickToLolbin(c, x) != LinkGradeSet.NONE) {
                lookAtClick(c);
            }
        }
    }

    private void lookAtEgress(ChainEvent e) {
        if (!evaluatedEgresses.contains(e)) {
            evaluatedEgresses.add(e);
            lookAtEgress(e, state.clicks(), state.writes());
        }
    }

    /** The chains of one egress with the given clicks and writes: complete, with a write alone, with a click alone. */
    private void lookAtEgress(ChainEvent e, List<ChainEvent> givenClicks, List<ChainEvent> givenWrites) {
        if (e.tenant() == null) {
            return;
        }
        var clicks = clicksOf(e, givenClicks);
        var writes = writesOf(e, givenWrites);
        if (clicks.isEmpty() && writes.isEmpty()) {
            return;
        }
        var egress = new Node(Stage.EGRESS, e, LinkGradeSet.NONE);
        var finding = new MatchResult(e.tenant());
        completeChains(clicks, egress, writes, finding);
        if (e.score() >= definition.strongScore()) {
            chainsWithoutClick(egress, writes, finding);
            chainsWithoutWrite(clicks, egress, finding);
        }
        addUnlessEmpty(finding);
    }

    private List<Node> clicksOf(ChainEvent e, List<ChainEvent> clicks) {
        List<Node> linked = List.of();
        for (int i = 0; i < clicks.size(); i++) {
            int grades = links.clickToEgress(clicks.get(i), e);
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
            int grades = links.egressToWrite(e, writes.get(i));
            if (grades != LinkGradeSet.NONE) {
                linked = linked.isEmpty() ? new ArrayList<>() : linked;
                linked.add(new Node(Stage.WRITE, writes.get(i), grades));
            }
        }
        return linked;
    }

    private void completeChains(List<Node> clicks, Node egress, List<Node> writes, MatchResult finding) {
        for (var click : clicks) {
            for (var write : writes) {
                if (links.inWindow(click.item, write.item)) {
                    finding.complete = true;
                    finding.detectedAt(Math.max(latest(click, egress), write.item.time()));
                    tie(click, egress, click, finding);
                    tie(egress, write, write, finding);
                    joinRuns(write, finding);
                    joinLolbins(click, write, finding);
                    joinLolbins(egress, write, finding);
                }
            }
        }
    }

    private void chainsWithoutClick(Node egress, List<Node> writes, MatchResult finding) {
        for (var write : writes) {
            if (!links.inWindowOfEgress(egress.item, write.item)) {
                continue;
            }
            boolean told =
                    (write.grades & LinkGradeSet.ARTIFACT) != 0 || isByActor(write) && links.lacksMark(write.item);
            long ran = Math.min(firstRun(write), firstLolbin(egress, write));
            if (told || ran != NEVER) {
                finding.detectedAt(told ? latest(egress, write) : Math.max(latest(egress, write), ran));
                tie(egress, write, write, finding);
                joinRuns(write, finding);
                joinLolbins(egress, write, finding);
            }
        }
    }

    private static boolean isByActor(Node write) {
        return (write.grades & (LinkGradeSet.SAME_PROCESS | LinkGradeSet.SAME_APPLICATION)) != 0;
    }

    private void chainsWithoutWrite(List<Node> clicks, Node egress, MatchResult finding) {
        boolean knownBad = egress.item.score() >= definition.knownBadScore();
        for (var click : clicks) {
            long ran = Math.min(firstLolbin(click, click), firstLolbin(egress, click));
            if (knownBad || ran != NEVER) {
                finding.detectedAt(knownBad ? latest(click, egress) : Math.max(latest(click, egress), ran));
                tie(click, egress, click, finding);
                joinLolbins(click, click, finding);
                joinLolbins(egress, click, finding);
            }
        }
    }

    /** The chains of one write with the given clicks where only the file or the clicked link tells of the domain. */
    private void lookAtOrigin(ChainEvent w, List<ChainEvent> clicks) {
        if (w.tenant() != null && w.score() >= definition.strongScore()) {
            var finding = new MatchResult(w.tenant());
            var write = new Node(Stage.WRITE, w, LinkGradeSet.NONE);
            for (int i = 0; i < clicks.size(); i++) {
                chainWithoutEgress(clicks.get(i), write, finding);
            }
            addUnlessEmpty(finding);
        }
        if (links.lacksMark(w)) {
            for (int i = 0; i < clicks.size(); i++) {
                var c = clicks.get(i);
                if (c.tenant() != null && c.score() >= definition.strongScore()) {
                    var finding = new MatchResult(c.tenant());
                    chainWithoutEgress(c, new Node(Stage.WRITE, w, LinkGradeSet.NONE), finding);
                    addUnlessEmpty(finding);
                }
            }
        }
    }

    private void chainWithoutEgress(ChainEvent c, Node write, MatchResult finding) {
        int grades = links.clickToWrite(c, write.item);
        if (grades != LinkGradeSet.NONE) {
            var click = new Node(Stage.CLICK, c, grades);
            finding.detectedAt(latest(click, write));
            tie(click, write, click, finding);
            joinRuns(write, finding);
            joinLolbins(click, write, finding);
        }
    }

    private void addUnlessEmpty(MatchResult finding) {
        if (!finding.isEmpty()) {
            findings.add(finding);
        }
    }

    private static long latest(Node a, Node b) {
        return Math.max(a.item.time(), b.item.time());
    }

    /** Ties two stages once; the link's grades stand at one of them. */
    private static void tie(Node from, Node to, Node graded, MatchResult finding) {
        if (!graded.tied) {
            graded.tied = true;
            finding.tie(from.joined(finding), to.joined(finding), graded.grades);
        }
    }

    private void joinRuns(Node write, MatchResult finding) {
        if (write.followed) {
            return;
        }
        write.followed = true;
        var followOn = followOn(write);
        for (var ran : followOn.ran()) {
            var from = ran.write() == write.item ? write.joined(finding) : finding.join(Stage.WRITE, ran.write());
            finding.tie(from, finding.join(Stage.EXECUTION, ran.execution()), ran.grades());
        }
        for (var made : followOn.made()) {
            finding.join(Stage.WRITE, made);
        }
        for (var below : followOn.below()) {
            finding.join(Stage.EXECUTION, below);
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
        return followOns.computeIfAbsent(write.item, item -> new FollowOn(state, links, item));
    }

    /** The living-off-the-land binaries below a process join, as far as they follow the write, or the click if none. */
    private void joinLolbins(Node origin, Node followed, MatchResult finding) {
        for (var x : lolbinsBelow(origin)) {
            if (follows(followed, x)) {
                finding.tie(origin.joined(finding), finding.join(Stage.EXECUTION, x), toLolbin(origin, x));
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
        return node.stage == Stage.CLICK ? links.followsClick(node.item, x) : links.follows(node.item, x);
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
        return origin.stage == Stage.CLICK ? links.clickToLolbin(origin.item, x) : links.egressToLolbin(origin.item, x);
    }

    /** A fact in one evaluation, with its link to the egress, or to the write where there is none. */
    private static final class Node {

        final Stage stage;
        final ChainEvent item;
        final int grades;
        boolean tied;
        boolean followed;

        @Nullable
        ChainMember member;

        @Nullable
        List<ChainEvent> lolbins;

        Node(Stage stage, ChainEvent item, int grades) {
            this.stage = stage;
            this.item = item;
            this.grades = grades;
        }

        ChainMember joined(MatchResult finding) {
            if (member == null) {
                member = finding.join(stage, item);
            }
            return member;
        }
    }
}
