package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.decision.DecisionPartKind;
import io.clicktrail.correlator.decision.Tally;
import io.clicktrail.detection.Stage;
import io.clicktrail.schemas.RiskBands;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds every chain that an event takes part in: a sequence matcher for one fixed pattern, evaluated for one new event
 * or process start at a time against the lists of recent events.
 *
 * <p>A path is, for one tenant key and with each event linked to the next,
 *
 * <ul>
 *   <li>click, egress and write, or click and write, with or without an execution, or
 *   <li>egress and write, or a write whose origin is known, with an execution, or
 *   <li>egress and write that only time, host or application tie, with an execution that connects elsewhere, or
 *   <li>a click that leads to a place that is known here, and a write that names no origin, with an execution that
 *   connects to a new place, which is that of the chain, or
 *   <li>a click, with or without an egress, and a command that names the place, or the run of a file that the URL
 *   names, or
 *   <li>a click and a form that was sent to a place that is strong, or imitates a known name and asks to sign in, or a
 *   click, with or without an egress, and a risky sign-in of the user, where the click leads there or a form was sent
 *   there; the sign-in speaks for the chain and is no member.
 * </ul>
 *
 * <p>A path is a detection where its parts add up to ChainScore ({@link PathScorer}), or where the place alone is
 * strong enough: from {@link ChainDefinition#strongScore()} on a chain can lack a stage, and a click and an egress to a
 * place that is known to be bad need nothing else. What ran of an admitted path's file, and below it, joins the chain,
 * and so do its connections to new places.
 *
 * <p>The models are Flink CEP's NFA with skipping between stages (non-deterministic relaxed contiguity) and no skip
 * after a match, and EQL's sequences by a join key. Both advance partial matches in the order of time. Here evidence
 * arrives in any order within the grace, so no partial match is stored: the state is the events themselves, and a new
 * event is joined with all others at every stage that it can play. What is found is merged into the {@link OpenChain}
 * of its key, so overlapping matches are one chain and not many.
 *
 * <p>Invariants: what a path is worth does not depend on what else is known, and only a write that is settled is linked
 * by process, application or time alone, so the search is
 * monotone, matching the same events again changes nothing, and the order of arrival does not matter. A process start
 * adds links to events that were there before it; those are matched again.
 *
 * <p>Cost: one click or write is joined with each egress, at most {@link StateBound#EGRESSES}, and an egress with each
 * pair of a linked click and a linked write; follow-ons are found once for each write, living-off-the-land binaries
 * once for each process. An event that is linked to nothing, which is the rule, costs one pass over the other lists.
 * A matcher serves one step and keeps nothing.
 */
final class Matcher {

    private static final long NEVER = Long.MAX_VALUE;

    private static final Comparator<ChainEvent> MOST_SUSPICIOUS = Comparator.comparingInt(ChainEvent::score)
            .thenComparingLong(ChainEvent::time)
            .reversed();

    private final ChainDefinition definition;
    private final HostState state;
    private final LinkRules rules;
    private final PathScorer scorer;
    private final Lineage lineage;
    private final List<MatchResult> results = new ArrayList<>();
    private final Map<ChainEvent, WriteFollowOn> followOns = new IdentityHashMap<>();
    private final List<ChainEvent> evaluatedEgresses = new ArrayList<>();
    private final List<ChainEvent> evaluatedWrites = new ArrayList<>();
    private final List<ChainEvent> evaluatedExecutions = new ArrayList<>();

    Matcher(ChainDefinition definition, HostState state) {
        this.definition = definition;
        this.state = state;
        this.lineage = new Lineage(state.starts());
        this.rules = new LinkRules(definition, state, lineage);
        this.scorer = new PathScorer(rules);
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
            matchWhatCalled(event);
        }
        if (event.plays(ChainEvent.WRITE)) {
            matchWrite(event);
        }
        if (event.plays(ChainEvent.EXECUTION)) {
            matchExecution(event);
        }
        if (event.plays(ChainEvent.SIGN_IN)) {
            matchSignIn(event);
        }
    }

    /** Matches all chains with events of a process that the start links to others. */
    void match(ProcessStart start) {
        matchBelow(start, state.clicks());
        matchBelow(start, state.egresses());
        matchBelow(start, state.writes());
        matchBelow(start, state.executions());
    }

    /** What of an open chain's files ran after the follow-on time, and what ran below it. */
    MatchResult lateRuns(OpenChain chain) {
        var result = new MatchResult(chain.tenantKey());
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (chain.counts(Stage.WRITE, w.id())) {
                joinLateRuns(w, result);
            }
        }
        return result;
    }

    private void joinLateRuns(ChainEvent w, MatchResult result) {
        for (int i = 0; i < state.executions().size(); i++) {
            var x = state.executions().get(i);
            int grades = rules.writeToLateRun(w, x);
            if (grades == LinkGradeSet.NONE) {
                continue;
            }
            result.link(result.join(Stage.WRITE, w), result.join(Stage.EXECUTION, x), grades, false);
            if (!x.is(ChainEvent.HARMLESS)) {
                result.latePoints = definition.weights().points(DecisionPartKind.CODE_RAN);
            }
            for (int j = 0; j < state.executions().size(); j++) {
                var below = state.executions().get(j);
                if (rules.runsBelow(x, below)) {
                    result.join(Stage.EXECUTION, below);
                }
            }
        }
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
                matchRuns(click, e);
            }
        }
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (rules.clickToWrite(c, w) != LinkGradeSet.NONE) {
                matchOrigin(w, click);
            }
            matchCalls(w, click);
        }
        for (int i = 0; i < state.executions().size(); i++) {
            var x = state.executions().get(i);
            matchCommand(c, x);
            matchRun(c, x);
        }
        matchSignIns(c);
    }

    /** Matches the clicks before a sign-in, those on the most suspicious places first: their cases come first. */
    private void matchSignIn(ChainEvent signIn) {
        state.clicks().stream()
                .filter(c -> rules.maySignIn(c, signIn))
                .sorted(MOST_SUSPICIOUS)
                .forEach(this::matchClick);
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
        matchCalls(w, state.clicks());
        matchWhatMade(w);
        if (w.is(ChainEvent.UNMARKED) || w.tenant() != null || w.referrer() != null) {
            matchSameFile(w);
        }
    }

    /** Matches the other sightings of a file whose mark says more of them. */
    private void matchSameFile(ChainEvent mark) {
        for (int i = 0; i < state.writes().size(); i++) {
            var w = state.writes().get(i);
            if (rules.speaksOf(mark, w)) {
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
        for (int i = 0; i < state.clicks().size(); i++) {
            matchCommand(state.clicks().get(i), x);
            matchRun(state.clicks().get(i), x);
        }
        for (int i = 0; i < state.egresses().size(); i++) {
            var e = state.egresses().get(i);
            if (rules.urlToRun(e, x) != LinkGradeSet.NONE) {
                matchEgress(e);
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

    /** Matches what ran and connected to a place that is new here. */
    private void matchWhatCalled(ChainEvent e) {
        if (!e.is(ChainEvent.NEW_PLACE)) {
            return;
        }
        if (e.process() == Fingerprint.ABSENT) {
            matchWhatMayHaveCalled(e);
            return;
        }
        var line = lineage.lineOf(e.process());
        for (int i = 0; i < state.executions().size(); i++) {
            var x = state.executions().get(i);
            if (contains(line, x.process()) && rules.calls(x, e)) {
                matchExecution(x);
            }
        }
    }

    private void matchWhatMayHaveCalled(ChainEvent e) {
        for (int i = 0; i < state.executions().size(); i++) {
            var x = state.executions().get(i);
            if (rules.mayCall(x, e)) {
                matchExecution(x);
            }
        }
    }

    private void matchEgress(ChainEvent e) {
        if (!evaluatedEgresses.contains(e)) {
            evaluatedEgresses.add(e);
            matchEgress(e, state.clicks(), state.writes());
            matchRuns(state.clicks(), e);
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
        chainsWithoutClick(egress, writes, result);
        chainsWithoutWrite(clicks, egress, result);
        chainsWithCredentials(clicks, egress, result);
        addUnlessEmpty(result);
    }

    /** The egress joins what was run of the place that it leads to. */
    private void matchRuns(List<ChainEvent> clicks, ChainEvent e) {
        var tenant = e.tenant();
        if (tenant == null) {
            return;
        }
        var named = clicks.stream()
                .filter(c -> c.urlName() != Fingerprint.ABSENT && tenant.equals(c.tenant()))
                .toList();
        for (int i = 0; i < state.executions().size(); i++) {
            var x = state.executions().get(i);
            if (tenant.equals(x.tenant())) {
                clicks.forEach(c -> matchCommand(c, x));
            }
            if (rules.urlToRun(e, x) != LinkGradeSet.NONE) {
                clicks.forEach(c -> matchRun(c, e, x));
            }
            named.forEach(c -> matchRun(c, x));
        }
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
        boolean isBad = egress.event.score() >= definition.knownBadScore();
        for (var click : clicks) {
            for (var write : writes) {
                if (!rules.belongTogether(click.event, egress.event, write.event, write.grades)) {
                    continue;
                }
                var before = scorer.beforeExecution(
                        result.tenantKey, click.event, click.grades, egress.event, write.event, write.grades);
                long time = Math.max(latest(click, egress), write.event.time());
                long tool = Math.min(firstLolbin(click, write), firstLolbin(egress, write));
                var path = new Path(before, time, isBad, isBad);
                if (admit(path, click.event, egress.event, write, tool, result)) {
                    result.complete = true;
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
        boolean isStrong = egress.event.score() >= definition.strongScore();
        for (var write : writes) {
            boolean isArtifact = (write.grades & LinkGradeSet.ARTIFACT) != 0;
            boolean mayDownload = !isArtifact && rules.mayDownload(egress.event, write.event);
            if (!rules.inWindowOfEgress(egress.event, write.event) || !isStrong && !isArtifact && !mayDownload) {
                continue;
            }
            boolean isByFile = isArtifact || isByActor(write) && rules.lacksMark(write.event);
            var before = scorer.beforeExecution(
                    result.tenantKey, null, LinkGradeSet.NONE, egress.event, write.event, write.grades);
            var path = new Path(before, latest(egress, write), isStrong && isByFile, isStrong);
            boolean isAdmitted = admit(path, null, egress.event, write, firstLolbin(egress, write), result);
            boolean hasCalled = mayDownload && admitCall(path, write, result);
            if (hasCalled) {
                followOn(write).callsElsewhere(result.tenantKey).forEach(call -> result.join(Stage.EGRESS, call));
            }
            if (isAdmitted || hasCalled) {
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
        if (egress.event.score() < definition.strongScore()) {
            return;
        }
        boolean isBad = egress.event.score() >= definition.knownBadScore();
        for (var click : clicks) {
            long tool = Math.min(firstLolbin(click, click), firstLolbin(egress, click));
            var before = scorer.beforeExecution(
                    result.tenantKey, click.event, click.grades, egress.event, null, LinkGradeSet.NONE);
            var path = new Path(before, latest(click, egress), isBad, true);
            if (admit(path, click.event, egress.event, null, tool, result)) {
                result.complete |= tool != NEVER;
                link(click, egress, click, result);
                joinLolbins(click, click, result);
                joinLolbins(egress, click, result);
            }
        }
    }

    /** The chains of one egress with the given clicks after which credentials were probably entered there. */
    private void chainsWithCredentials(List<Node> clicks, Node egress, MatchResult result) {
        if (!isUntrusted(egress.event)) {
            return;
        }
        for (var click : clicks) {
            // An address alone may be that of any place that is known by its name.
            if (egress.event.is(ChainEvent.ADDRESS_ALONE) && !result.tenantKey.equals(click.event.tenant())) {
                continue;
            }
            var before = scorer.beforeExecution(
                    result.tenantKey, click.event, click.grades, egress.event, null, LinkGradeSet.NONE);
            var tally = PathScorer.withForm(before, result.tenantKey, click.event, egress.event);
            boolean isDeceptive =
                    tally.has(DecisionPartKind.FALSE_SIGN_IN_PAGE) || egress.event.score() >= definition.strongScore();
            boolean isEntered = tally.has(DecisionPartKind.FORM_SENT) && isDeceptive;
            boolean isAdmitted = offer(tally, latest(click, egress), false, isEntered, result);
            // A sign-in names no place, so the click must lead there by more than time.
            if (!tally.has(DecisionPartKind.CLICK_TIME_ONLY) && mayTakeCredentials(tally, click.grades)) {
                isAdmitted |= offerSignIns(tally, click.event, latest(click, egress), result);
            }
            if (isAdmitted) {
                result.complete = true;
                link(click, egress, click, result);
            }
        }
    }

    /** The chain of a click alone and the risky sign-ins that followed: what a phone or an unwatched path hides. */
    private void matchSignIns(ChainEvent c) {
        if (c.tenant() == null || state.signIns().isEmpty() || !isUntrusted(c)) {
            return;
        }
        var result = new MatchResult(c.tenant());
        var before = scorer.beforeExecution(result.tenantKey, c, LinkGradeSet.ARTIFACT, null, null, LinkGradeSet.NONE);
        var tally = PathScorer.withForm(before, result.tenantKey, c, null);
        if (mayTakeCredentials(tally, LinkGradeSet.ARTIFACT) && offerSignIns(tally, c, c.time(), result)) {
            result.complete = true;
            result.join(Stage.CLICK, c);
            addUnlessEmpty(result);
        }
    }

    /**
     * Whether a risky sign-in may be of what was entered at the place. The link leads there by name, so that places
     * which a browser reaches by itself meanwhile do not count; and while it is still being learnt what is new here,
     * the place is suspicious. Otherwise a form was sent there, it is a false page, or it is strong alone.
     *
     * @param grades of the link from the click to the place
     */
    private boolean mayTakeCredentials(Tally tally, int grades) {
        if (tally.domainScore() >= definition.strongScore()
                || tally.has(DecisionPartKind.FORM_SENT)
                || tally.has(DecisionPartKind.FALSE_SIGN_IN_PAGE)) {
            return true;
        }
        boolean isStillLearnt =
                tally.has(DecisionPartKind.NEW_PLACE_LEARNING) && tally.domainScore() < RiskBands.SUSPICIOUS;
        return (grades & LinkGradeSet.ARTIFACT) != 0 && !isStillLearnt;
    }

    private boolean offerSignIns(Tally before, ChainEvent c, long time, MatchResult result) {
        boolean isAdmitted = false;
        for (int i = 0; i < state.signIns().size(); i++) {
            var signIn = state.signIns().get(i);
            if (rules.maySignIn(c, signIn) && !OwnTenants.isOf(signIn.tenant(), result.tenantKey)) {
                var tally = PathScorer.withSignIn(before, signIn);
                isAdmitted |= offer(tally, Math.max(time, signIn.time()), false, true, result);
            }
        }
        return isAdmitted;
    }

    /** The chains of one write with the given clicks where only the file or the clicked link names the place. */
    private void matchOrigin(ChainEvent w, List<ChainEvent> clicks) {
        if (w.tenant() != null && isUntrusted(w)) {
            boolean isStrong = w.score() >= definition.strongScore();
            var result = new MatchResult(w.tenant());
            var write = new Node(Stage.WRITE, w, LinkGradeSet.NONE);
            for (int i = 0; i < clicks.size(); i++) {
                chainWithoutEgress(clicks.get(i), write, isStrong, result);
            }
            var before = scorer.beforeExecution(result.tenantKey, null, LinkGradeSet.NONE, null, w, LinkGradeSet.NONE);
            if (admit(new Path(before, w.time(), false, false), null, null, write, NEVER, result)) {
                write.joined(result);
                joinRuns(write, result);
            }
            addUnlessEmpty(result);
        }
        for (int i = 0; i < clicks.size(); i++) {
            var c = clicks.get(i);
            if (c.tenant() != null && !c.tenant().equals(w.tenant()) && isUntrusted(c)) {
                boolean isStrong = c.score() >= definition.strongScore() && rules.lacksMark(w);
                var result = new MatchResult(c.tenant());
                chainWithoutEgress(c, new Node(Stage.WRITE, w, LinkGradeSet.NONE), isStrong, result);
                addUnlessEmpty(result);
            }
        }
    }

    private void chainWithoutEgress(ChainEvent c, Node write, boolean isStrong, MatchResult result) {
        int grades = rules.clickToWrite(c, write.event);
        boolean isFromElsewhere =
                write.event.tenant() != null && !write.event.tenant().equals(result.tenantKey);
        boolean isTied = !isFromElsewhere || (grades & LinkGradeSet.ARTIFACT) != 0 || isStrong;
        if (grades == LinkGradeSet.NONE || !isTied) {
            return;
        }
        var click = new Node(Stage.CLICK, c, grades);
        var before = scorer.beforeExecution(result.tenantKey, c, grades, null, write.event, LinkGradeSet.NONE);
        var path = new Path(before, latest(click, write), isStrong, isStrong);
        if (admit(path, c, null, write, firstLolbin(click, write), result)) {
            result.complete |= followOn(write).hasCode();
            link(click, write, click, result);
            joinRuns(write, result);
            joinLolbins(click, write, result);
        }
    }

    /** The chains of one write with clicks on places that are known here, where what ran connected to a new place. */
    private void matchCalls(ChainEvent w, List<ChainEvent> clicks) {
        for (int i = 0; i < clicks.size(); i++) {
            var c = clicks.get(i);
            int grades = rules.clickToDownload(c, w);
            if (grades == LinkGradeSet.NONE) {
                continue;
            }
            var write = new Node(Stage.WRITE, w, LinkGradeSet.NONE);
            for (var connection : followOn(write).sureCallsElsewhere(c.tenant() == null ? "" : c.tenant())) {
                matchCall(c, grades, w, connection);
            }
        }
    }

    private void matchCall(ChainEvent c, int grades, ChainEvent w, ChainEvent connection) {
        if (connection.tenant() == null) {
            return;
        }
        var result = new MatchResult(connection.tenant());
        var click = new Node(Stage.CLICK, c, grades);
        var write = new Node(Stage.WRITE, w, LinkGradeSet.NONE);
        var tally = scorer.called(c, grades, w, connection);
        long time = Math.max(latest(click, write), followOn(write).timeOfCall(connection));
        if (offer(tally, time, false, true, result)) {
            result.complete = true;
            link(click, write, click, result);
            result.join(Stage.EGRESS, connection);
            joinRuns(write, result);
            addUnlessEmpty(result);
        }
    }

    /** A place that is known here and hands out nothing new is trusted, unless its score is strong. */
    private boolean isUntrusted(ChainEvent event) {
        return !event.is(ChainEvent.KNOWN_PLACE)
                || event.is(ChainEvent.FIRST_PROGRAM)
                || event.score() >= definition.strongScore();
    }

    /** The chains of a click and a command that names the place it takes code from. */
    private void matchCommand(ChainEvent c, ChainEvent x) {
        int grades = rules.clickToCommand(c, x);
        if (grades != LinkGradeSet.NONE && x.tenant() != null && isUntrusted(x)) {
            matchRun(x.tenant(), c, x, grades);
        }
    }

    /** The chains of a click and the run of the file that the clicked URL, or that of an egress, names. */
    private void matchRun(ChainEvent c, ChainEvent x) {
        if (c.tenant() != null && isUntrusted(c) && rules.urlToRun(c, x) != LinkGradeSet.NONE) {
            matchRun(c.tenant(), c, x, LinkGradeSet.ARTIFACT);
        }
    }

    /** What ran after a click, with each egress to the place and without one. */
    private void matchRun(String tenant, ChainEvent c, ChainEvent x, int grades) {
        var result = new MatchResult(tenant);
        var click = new Node(Stage.CLICK, c, grades);
        var run = new Node(Stage.EXECUTION, x, grades);
        if (admitRun(scorer.run(tenant, c, grades, null, x), latest(click, run), x, result)) {
            link(click, run, run, result);
        }
        for (int i = 0; i < state.egresses().size(); i++) {
            var e = state.egresses().get(i);
            int toEgress = tenant.equals(e.tenant()) && rules.canBeBetween(c, e, x)
                    ? rules.clickToEgress(c, e)
                    : LinkGradeSet.NONE;
            var egress = new Node(Stage.EGRESS, e, toEgress);
            long time = Math.max(e.time(), latest(click, run));
            if (toEgress != LinkGradeSet.NONE && admitRun(scorer.run(tenant, c, toEgress, e, x), time, x, result)) {
                link(click, egress, egress, result);
                link(click, run, run, result);
            }
        }
        joinBelow(c, x, result);
        addUnlessEmpty(result);
    }

    /** The chain of a click, an egress and the run of the file that the requested URL, as is known, names. */
    private void matchRun(ChainEvent c, ChainEvent e, ChainEvent x) {
        if (e.tenant() == null || !rules.followsClick(c, x) || !rules.canBeBetween(c, e, x)) {
            return;
        }
        int toEgress = rules.clickToEgress(c, e);
        if (toEgress == LinkGradeSet.NONE) {
            return;
        }
        var result = new MatchResult(e.tenant());
        var click = new Node(Stage.CLICK, c, toEgress);
        var egress = new Node(Stage.EGRESS, e, toEgress);
        var run = new Node(Stage.EXECUTION, x, LinkGradeSet.ARTIFACT);
        long time = Math.max(e.time(), latest(click, run));
        if (admitRun(scorer.run(result.tenantKey, c, toEgress, e, x), time, x, result)) {
            link(click, egress, egress, result);
            link(egress, run, run, result);
            joinBelow(c, x, result);
            addUnlessEmpty(result);
        }
    }

    private boolean admitRun(Tally tally, long time, ChainEvent x, MatchResult result) {
        boolean isStrong = tally.domainScore() >= definition.strongScore();
        boolean isAdmitted = !x.is(ChainEvent.PREPARED) && offer(tally, time, isStrong, true, result);
        result.complete |= isAdmitted;
        return isAdmitted;
    }

    /** What ran below what ran after a click joins. */
    private void joinBelow(ChainEvent c, ChainEvent x, MatchResult result) {
        if (result.isEmpty()) {
            return;
        }
        for (int i = 0; i < state.executions().size(); i++) {
            var below = state.executions().get(i);
            if (rules.followsClick(c, below) && rules.runsBelow(x, below)) {
                result.join(Stage.EXECUTION, below);
            }
        }
    }

    /**
     * A path before its execution.
     *
     * @param tally its parts
     * @param time of the last of its events
     * @param isStrong whether the place makes it a detection as it is
     * @param isStrongWithRun whether the place makes it one together with an execution
     */
    private record Path(Tally tally, long time, boolean isStrong, boolean isStrongWithRun) {}

    /**
     * Admits a path to the result, as it is and with each kind of execution that followed; false where it is no
     * detection with any. Without a click points count only where code ran that surely is of the place.
     *
     * @param tool time of the first system tool below the click or egress, or {@link #NEVER}
     */
    private boolean admit(
            Path path,
            @Nullable ChainEvent click,
            @Nullable ChainEvent egress,
            @Nullable Node write,
            long tool,
            MatchResult result) {
        var before = path.tally;
        boolean countsWithRun = write != null && (click != null || before.has(DecisionPartKind.FILE_FROM_PLACE));
        boolean counts = countsWithRun && click != null;
        // What a place that is known here hands out counts once it ran, and is nobody's that is known.
        boolean isKnown = before.has(DecisionPartKind.KNOWN_PLACE) && before.domainScore() < definition.strongScore();
        boolean countsUnrun = counts && !isKnown;
        boolean admitted = offer(before, path.time, path.isStrong, countsUnrun, result);
        var withTool = before.with(DecisionPartKind.SYSTEM_TOOL_RAN);
        long firstTool = tool;
        if (write != null) {
            var withRun = PathScorer.withRun(before, result.tenantKey, click, egress, write.event);
            var withCall = withRun.with(DecisionPartKind.CALLED_NEW_PLACE);
            var prepared = before.with(DecisionPartKind.PREPARED);
            // No vendor's program calls a place that nobody here knows: then the vendor's own place is no excuse.
            var withNamedCall = withCall.without(DecisionPartKind.OTHER_ORIGIN);
            boolean reaches = reaches(withNamedCall.with(DecisionPartKind.BAD_SIGNATURE))
                    || reaches(withTool)
                    || reaches(prepared);
            if (!path.isStrongWithRun && !(countsWithRun && reaches)) {
                return admitted;
            }
            var followOn = followOn(write);
            firstTool = Math.min(tool, followOn.firstTool());
            var opened = before.with(DecisionPartKind.CODE_RAN);
            var ofPublisher = opened.with(DecisionPartKind.KNOWN_PUBLISHER);
            boolean countsKnown = countsWithRun && !isKnown;
            admitted |= offerRun(withRun, followOn.firstUnknownCode(), path, countsWithRun, result);
            admitted |= offerBad(withRun, followOn.firstBadlySigned(), path, countsWithRun, result);
            admitted |= offerRun(withCall, followOn.firstCall(), path, countsWithRun, result);
            admitted |= offerBad(withCall, followOn.firstBadlySignedCall(), path, countsWithRun, result);
            if (before.has(DecisionPartKind.OTHER_ORIGIN)) {
                admitted |= offerRun(withNamedCall, followOn.firstNamedCall(), path, countsWithRun, result);
                admitted |= offerBad(withNamedCall, followOn.firstBadlySignedNamedCall(), path, countsWithRun, result);
            }
            admitted |= offerRun(opened, followOn.firstOpened(), path, countsKnown, result);
            admitted |= offerRun(ofPublisher, followOn.firstOfPublisher(), path, countsKnown, result);
            admitted |=
                    offer(prepared, after(path, followOn.firstPrepared()), path.isStrongWithRun, countsUnrun, result);
        }
        return admitted | offer(withTool, after(path, firstTool), path.isStrongWithRun, countsWithRun, result);
    }

    /**
     * Admits a path of a connection and a write that nothing but time, host or application ties to it, where what ran
     * then connected to a new place elsewhere: a program that somebody found by themselves, of which no sensor shows
     * where it came from.
     */
    private boolean admitCall(Path path, Node write, MatchResult result) {
        var called = path.tally
                .with(DecisionPartKind.CODE_RAN)
                .with(DecisionPartKind.CALLED_OTHER_NEW_PLACE, DecisionPartKind.OTHER_ORIGIN);
        if (!reaches(called.with(DecisionPartKind.BAD_SIGNATURE))) {
            return false;
        }
        var followOn = followOn(write);
        return offerRun(called, followOn.firstCallElsewhere(result.tenantKey), path, true, result)
                | offerBad(called, followOn.firstBadlySignedCallElsewhere(result.tenantKey), path, true, result);
    }

    private boolean offerBad(Tally tally, long execution, Path path, boolean counts, MatchResult result) {
        return offerRun(tally.with(DecisionPartKind.BAD_SIGNATURE), execution, path, counts, result);
    }

    private boolean offerRun(Tally tally, long execution, Path path, boolean counts, MatchResult result) {
        return offer(tally, after(path, execution), path.isStrongWithRun, counts, result);
    }

    private static long after(Path path, long execution) {
        return Math.max(path.time, execution);
    }

    private boolean reaches(Tally tally) {
        return tally.score(definition.weights()) >= definition.chainScore();
    }

    private boolean offer(Tally tally, long time, boolean isStrong, boolean counts, MatchResult result) {
        if (time == NEVER || !isStrong && !(counts && reaches(tally))) {
            return false;
        }
        result.admit(tally.verdict(definition.weights(), definition.chainScore(), isStrong), time);
        return true;
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
            result.link(from.joined(result), to.joined(result), graded.grades, isElsewhere(from, result));
        }
    }

    private static boolean isElsewhere(Node from, MatchResult result) {
        return from.stage == Stage.CLICK && !result.tenantKey.equals(from.event.tenant());
    }

    private void joinRuns(Node write, MatchResult result) {
        if (write.followed) {
            return;
        }
        write.followed = true;
        var followOn = followOn(write);
        for (var ran : followOn.ran()) {
            var from = ran.write() == write.event ? write.joined(result) : result.join(Stage.WRITE, ran.write());
            result.link(from, result.join(Stage.EXECUTION, ran.execution()), ran.grades(), false);
        }
        for (var made : followOn.made()) {
            result.join(Stage.WRITE, made);
        }
        for (var below : followOn.below()) {
            result.join(Stage.EXECUTION, below);
        }
        for (var call : followOn.calls()) {
            result.join(Stage.EGRESS, call);
        }
    }

    private WriteFollowOn followOn(Node write) {
        return followOns.computeIfAbsent(write.event, event -> new WriteFollowOn(state, rules, event));
    }

    /** The living-off-the-land binaries below a process join, as far as they follow the write, or the click if none. */
    private void joinLolbins(Node origin, Node followed, MatchResult result) {
        for (var x : lolbinsBelow(origin)) {
            if (follows(followed, x)) {
                var below = result.join(Stage.EXECUTION, x);
                result.link(origin.joined(result), below, toLolbin(origin, x), isElsewhere(origin, result));
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
