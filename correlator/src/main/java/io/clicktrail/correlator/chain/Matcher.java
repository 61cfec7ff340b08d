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
 *   <li>egress and write where the file says that it came from there, lacks the mark of a download or was executed; the score
 *       is strong, or
 *   <li>click and egress where a living-off-the-land binary runs below and the score is strong, or the domain is known bad, or
 *   <li>click and write where the file says that it came from a domain with a strong score, or lacks the mark of a download and
 *       the clicked link has a strong score;
 * </ul>
 *
 * <p>each with the executions that follow. All four hold or do not hold for a set of facts, whatever else is known: the search
 * is monotone, and looking again at the same facts changes nothing.
 */
final class Matcher {

    private static final long NEVER = Long.MAX_VALUE;

    private final ChainDefinition definition;
    private final HostState state;
    private final Links links;
    private final Lineage lineage;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Item, FollowOn> followOns = new IdentityHashMap<>();
    private final List<Item> evaluatedEgresses = new ArrayList<>();
    private final List<Item> evaluatedWrites = new ArrayList<>();
    private final List<Item> evaluatedExecutions = new ArrayList<>();

    Matcher(ChainDefinition definition, HostState state) {
        this.definition = definition;
        this.state = state;
        this.lineage = new Lineage(state.edges());
        this.links = new Links(definition, state.writes(), lineage);
    }

    List<Finding> findings() {
        return findings;
    }

    /** Looks at all chains that the fact, which the state already holds, can be part of. */
    void look(Item item) {
        if (item.plays(Item.CLICK)) {
            lookAtClick(item);
        }
        if (item.plays(Item.EGRESS)) {
            lookAtEgress(item);
        }
        if (item.plays(Item.WRITE)) {
            lookAtWrite(item);
        }
        if (item.plays(Item.EXECUTION)) {
            lookAtExecution(item);
        }
    }

    /** Looks at all chains with facts of a process that the start ties to others. */
    void look(Edge edge) {
        lookBelow(edge, state.clicks());
        lookBelow(edge, state.egresses());
        lookBelow(edge, state.writes());
        lookBelow(edge, state.executions());
    }

    private void lookBelow(Edge edge, List<Item> items) {
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            if (item.process() != Fingerprint.ABSENT
                    && (item.process() == edge.process()
                            || lineage.descends(item.process(), edge.process(), Long.MIN_VALUE, Long.MAX_VALUE))) {
                look(item);
            }
        }
    }

    private void lookAtClick(Item c) {
        var click = List.of(c);
        for (int i = 0; i < state.egresses().size(); i++) {
            var e = state.egresses().get(i);
            if (links.clickToEgress(c, e) != Grades.NONE) {
                lookAtEgress(e, click, state.writes());
            }
        }
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (links.clickToWrite(c, w) != Grades.NONE) {
                lookAtOrigin(w, click);
            }
        }
    }

    private void lookAtWrite(Item w) {
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
            } else if (links.egressToWrite(e, w) != Grades.NONE) {
                lookAtEgress(e, state.clicks(), write);
            }
        }
        lookAtOrigin(w, state.clicks());
        lookAtWhatMade(w);
        if (w.is(Item.UNMARKED)) {
            lookAtWhatLacksTheMark(w);
        }
    }

    private void lookAtWhatLacksTheMark(Item missing) {
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (links.speaksOf(missing, w)) {
                lookAtWrite(w);
            }
        }
    }

    /** Looks at the write that a file was made of, and at what ran and made it. */
    private void lookAtWhatMade(Item made) {
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

    private void lookAtExecution(Item x) {
        if (evaluatedExecutions.contains(x)) {
            return;
        }
        evaluatedExecutions.add(x);
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (links.writeToExecution(w, x) != Grades.NONE) {
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
        if (!x.is(Item.LOLBIN)) {
            return;
        }
        for (int i = 0; i < state.egresses().size(); i++) {
            var e = state.egresses().get(i);
            if (links.egressToLolbin(e, x) != Grades.NONE) {
                lookAtEgress(e);
            }
        }
        for (int i = 0; i < state.clicks().size(); i++) {
            var c = state.clicks().get(i);
            if (links.clickToLolbin(c, x) != Grades.NONE) {
                lookAtClick(c);
            }
        }
    }

    private void lookAtEgress(Item e) {
        if (!evaluatedEgresses.contains(e)) {
            evaluatedEgresses.add(e);
            lookAtEgress(e, state.clicks(), state.writes());
        }
    }

    /** The chains of one egress with the given clicks and writes: complete, with a write alone, with a click alone. */
    private void lookAtEgress(Item e, List<Item> givenClicks, List<Item> givenWrites) {
        if (e.tenant() == null) {
            return;
        }
        var clicks = clicksOf(e, givenClicks);
        var writes = writesOf(e, givenWrites);
        if (clicks.isEmpty() && writes.isEmpty()) {
            return;
        }
        var egress = new Node(Stage.EGRESS, e, Grades.NONE);
        var finding = new Finding(e.tenant());
        completeChains(clicks, egress, writes, finding);
        if (e.score() >= definition.strongScore()) {
            chainsWithoutClick(egress, writes, finding);
            chainsWithoutWrite(clicks, egress, finding);
        }
        addUnlessEmpty(finding);
    }

    private List<Node> clicksOf(Item e, List<Item> clicks) {
        List<Node> linked = List.of();
        for (int i = 0; i < clicks.size(); i++) {
            int grades = links.clickToEgress(clicks.get(i), e);
            if (grades != Grades.NONE) {
                linked = linked.isEmpty() ? new ArrayList<>() : linked;
                linked.add(new Node(Stage.CLICK, clicks.get(i), grades));
            }
        }
        return linked;
    }

    private List<Node> writesOf(Item e, List<Item> writes) {
        List<Node> linked = List.of();
        for (int i = 0; i < writes.size(); i++) {
            int grades = links.egressToWrite(e, writes.get(i));
            if (grades != Grades.NONE) {
                linked = linked.isEmpty() ? new ArrayList<>() : linked;
                linked.add(new Node(Stage.WRITE, writes.get(i), grades));
            }
        }
        return linked;
    }

    private void completeChains(List<Node> clicks, Node egress, List<Node> writes, Finding finding) {
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

    private void chainsWithoutClick(Node egress, List<Node> writes, Finding finding) {
        for (var write : writes) {
            if (!links.inWindowOfEgress(egress.item, write.item)) {
                continue;
            }
            boolean told = (write.grades & Grades.ARTIFACT) != 0 || isByActor(write) && links.lacksMark(write.item);
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
        return (write.grades & (Grades.SAME_PROCESS | Grades.SAME_APPLICATION)) != 0;
    }

    private void chainsWithoutWrite(List<Node> clicks, Node egress, Finding finding) {
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
    private void lookAtOrigin(Item w, List<Item> clicks) {
        if (w.tenant() != null && w.score() >= definition.strongScore()) {
            var finding = new Finding(w.tenant());
            var write = new Node(Stage.WRITE, w, Grades.NONE);
            for (int i = 0; i < clicks.size(); i++) {
                chainWithoutEgress(clicks.get(i), write, finding);
            }
            addUnlessEmpty(finding);
        }
        if (links.lacksMark(w)) {
            for (int i = 0; i < clicks.size(); i++) {
                var c = clicks.get(i);
                if (c.tenant() != null && c.score() >= definition.strongScore()) {
                    var finding = new Finding(c.tenant());
                    chainWithoutEgress(c, new Node(Stage.WRITE, w, Grades.NONE), finding);
                    addUnlessEmpty(finding);
                }
            }
        }
    }

    private void chainWithoutEgress(Item c, Node write, Finding finding) {
        int grades = links.clickToWrite(c, write.item);
        if (grades != Grades.NONE) {
            var click = new Node(Stage.CLICK, c, grades);
            finding.detectedAt(latest(click, write));
            tie(click, write, click, finding);
            joinRuns(write, finding);
            joinLolbins(click, write, finding);
        }
    }

    private void addUnlessEmpty(Finding finding) {
        if (!finding.isEmpty()) {
            findings.add(finding);
        }
    }

    private static long latest(Node a, Node b) {
        return Math.max(a.item.time(), b.item.time());
    }

    /** Ties two stages once; the link's grades stand at one of them. */
    private static void tie(Node from, Node to, Node graded, Finding finding) {
        if (!graded.tied) {
            graded.tied = true;
            finding.tie(from.joined(finding), to.joined(finding), graded.grades);
        }
    }

    private void joinRuns(Node write, Finding finding) {
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
    private void joinLolbins(Node origin, Node followed, Finding finding) {
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

    private boolean follows(Node node, Item x) {
        return node.stage == Stage.CLICK ? links.followsClick(node.item, x) : links.follows(node.item, x);
    }

    private List<Item> lolbinsBelow(Node origin) {
        if (origin.lolbins == null) {
            List<Item> below = List.of();
            for (int i = 0; i < state.executions().size(); i++) {
                var x = state.executions().get(i);
                if (x.is(Item.LOLBIN) && toLolbin(origin, x) != Grades.NONE) {
                    below = below.isEmpty() ? new ArrayList<>() : below;
                    below.add(x);
                }
            }
            origin.lolbins = below;
        }
        return origin.lolbins;
    }

    private int toLolbin(Node origin, Item x) {
        return origin.stage == Stage.CLICK ? links.clickToLolbin(origin.item, x) : links.egressToLolbin(origin.item, x);
    }

    /** A fact in one evaluation, with its link to the egress, or to the write where there is none. */
    private static final class Node {

        final Stage stage;
        final Item item;
        final int grades;
        boolean tied;
        boolean followed;

        @Nullable
        Member member;

        @Nullable
        List<Item> lolbins;

        Node(Stage stage, Item item, int grades) {
            this.stage = stage;
            this.item = item;
            this.grades = grades;
        }

        Member joined(Finding finding) {
            if (member == null) {
                member = finding.join(stage, item);
            }
            return member;
        }
    }
}
