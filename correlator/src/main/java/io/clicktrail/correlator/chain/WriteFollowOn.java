package io.clicktrail.correlator.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What became of one write within the follow-on time: the files made of it by renaming, unpacking or dropping, what ran
 * of it and of them, and what ran below that. All of it only grows as more events are known.
 */
final class WriteFollowOn {

    /** A rename, an unpacking, a drop and a rename again; no chain of files is followed further. */
    private static final int MAX_GENERATIONS = 4;

    private static final long NEVER = Long.MAX_VALUE;

    /** What ran of the write, or of a file made of it, and by which grades. */
    record Ran(ChainEvent write, ChainEvent execution, int grades) {

        private boolean isPreparation() {
            return execution.is(ChainEvent.PREPARED);
        }

        /** Whether it is the file itself, or a member of it, and not a system tool below the process that wrote it. */
        private boolean isCode() {
            return !isPreparation() && LinkRules.runsContent(write, execution);
        }

        private boolean isUnknownCode() {
            return isCode() && !execution.is(ChainEvent.HARMLESS);
        }

        private boolean isBadlySigned() {
            return isUnknownCode() && execution.isBadlySigned();
        }
    }

    private final HostState state;
    private final LinkRules rules;
    private final ChainEvent write;
    private final List<ChainEvent> files = new ArrayList<>();
    private final List<Ran> ran = new ArrayList<>();
    private final List<ChainEvent> below = new ArrayList<>();

    WriteFollowOn(HostState state, LinkRules rules, ChainEvent write) {
        this.state = state;
        this.rules = rules;
        this.write = write;
        files.add(write);
        int begin = 0;
        for (int generation = 0; generation <= MAX_GENERATIONS && begin < files.size(); generation++) {
            int end = files.size();
            for (; begin < end; begin++) {
                follow(files.get(begin), generation < MAX_GENERATIONS);
            }
        }
    }

    private void follow(ChainEvent file, boolean further) {
        for (int i = 0; i < state.executions().size(); i++) {
            var x = state.executions().get(i);
            int grades = file == write ? rules.writeToExecution(file, x) : rules.madeToExecution(file, x);
            if (grades != LinkGradeSet.NONE && rules.follows(write, x)) {
                ran.add(new Ran(file, x, grades));
                whatRanBelow(x);
                if (further) {
                    whatWasMadeBy(x);
                }
            }
        }
        if (further) {
            for (int i = 0; i < state.writes().size(); i++) {
                var made = state.writes().get(i);
                if (rules.renames(file, made)) {
                    addOnce(made, files);
                }
            }
        }
    }

    private void whatRanBelow(ChainEvent x) {
        for (int i = 0; i < state.executions().size(); i++) {
            var other = state.executions().get(i);
            if (rules.follows(write, other) && rules.runsBelow(x, other)) {
                addOnce(other, below);
            }
        }
    }

    private void whatWasMadeBy(ChainEvent x) {
        for (int i = 0; i < state.writes().size(); i++) {
            var made = state.writes().get(i);
            if (rules.follows(write, made) && rules.makes(x, made)) {
                addOnce(made, files);
            }
        }
    }

    private void addOnce(ChainEvent event, List<ChainEvent> events) {
        if (rules.follows(write, event) && !events.contains(event)) {
            events.add(event);
        }
    }

    /** What ran, each with the file that it ran of. */
    List<Ran> ran() {
        return ran;
    }

    /** Whether code of the write or of a file made of it ran. */
    boolean hasCode() {
        return first(Ran::isCode) != NEVER;
    }

    /** When code of a known publisher first ran; {@link Long#MAX_VALUE} if never. */
    long firstOfPublisher() {
        return first(one -> one.isCode() && one.execution().isOfKnownPublisher());
    }

    /** When an archive tool first opened the write or a file made of it; {@link Long#MAX_VALUE} if never. */
    long firstOpened() {
        return first(one -> one.isCode()
                && one.execution().is(ChainEvent.HARMLESS)
                && !one.execution().isOfKnownPublisher());
    }

    /** When code first ran that is no archive tool and no known publisher's; {@link Long#MAX_VALUE} if never. */
    long firstUnknownCode() {
        return first(Ran::isUnknownCode);
    }

    /** The same, of code that is not signed as it should be. */
    long firstBadlySigned() {
        return first(Ran::isBadlySigned);
    }

    /** When a system tool first ran below the process that wrote; {@link Long#MAX_VALUE} if never. */
    long firstTool() {
        return first(one -> !one.isCode() && !one.isPreparation());
    }

    /** When the file was first made ready to run; {@link Long#MAX_VALUE} if never. */
    long firstPrepared() {
        return first(Ran::isPreparation);
    }

    /** When code that is nobody's that is known first connected to a place that is new here; or the maximum. */
    long firstCall() {
        return firstCall(rules::calls);
    }

    /** The same, of code that is not signed as it should be. */
    long firstBadlySignedCall() {
        return firstCall((x, e) -> x.isBadlySigned() && rules.calls(x, e));
    }

    /** The same, of a place of which more than an address is known. */
    long firstBadlySignedNamedCall() {
        return firstCall((x, e) -> x.isBadlySigned() && rules.callsNamed(x, e));
    }

    /** The same, of a place of which more than an address is known. */
    long firstNamedCall() {
        return firstCall(rules::callsNamed);
    }

    /** The same, of a place that is not the given one. */
    long firstCallElsewhere(String tenant) {
        return firstCall((x, e) -> rules.callsElsewhere(x, e, tenant));
    }

    /** The same, of code that is not signed as it should be. */
    long firstBadlySignedCallElsewhere(String tenant) {
        return firstCall((x, e) -> x.isBadlySigned() && rules.callsElsewhere(x, e, tenant));
    }

    /** Connections to new places that what ran surely made. */
    List<ChainEvent> calls() {
        return calls(rules::calls);
    }

    /** Connections to new places other than the given one that what ran made, or may have made. */
    List<ChainEvent> callsElsewhere(String tenant) {
        return calls((x, e) -> rules.callsElsewhere(x, e, tenant));
    }

    /** The same, of those that it surely made: somebody's browser may connect at the same time. */
    List<ChainEvent> sureCallsElsewhere(String tenant) {
        return calls((x, e) -> rules.calls(x, e) && rules.callsElsewhere(x, e, tenant));
    }

    /** When code that is nobody's that is known surely made the connection; the maximum if it did not. */
    long timeOfCall(ChainEvent connection) {
        return firstCall((x, e) -> e == connection && rules.calls(x, e));
    }

    private List<ChainEvent> calls(BiPredicate<ChainEvent, ChainEvent> isCall) {
        List<ChainEvent> calls = List.of();
        for (var one : ran) {
            for (int i = 0; one.isUnknownCode() && i < state.egresses().size(); i++) {
                var e = state.egresses().get(i);
                if (rules.follows(write, e) && isCall.test(one.execution(), e)) {
                    calls = calls.isEmpty() ? new ArrayList<>() : calls;
                    calls.add(e);
                }
            }
        }
        return calls;
    }

    private long firstCall(BiPredicate<ChainEvent, ChainEvent> isCall) {
        long first = NEVER;
        for (var one : ran) {
            var x = one.execution();
            for (int i = 0; one.isUnknownCode() && i < state.egresses().size(); i++) {
                var e = state.egresses().get(i);
                if (rules.follows(write, e) && isCall.test(x, e)) {
                    first = Math.min(first, Math.max(x.time(), e.time()));
                }
            }
        }
        return first;
    }

    private long first(Predicate<Ran> kind) {
        long first = NEVER;
        for (var one : ran) {
            if (kind.test(one)) {
                first = Math.min(first, one.execution().time());
            }
        }
        return first;
    }

    /** The files that were made of the write, without itself. */
    List<ChainEvent> made() {
        return files.subList(1, files.size());
    }

    /** What ran below what ran. */
    List<ChainEvent> below() {
        return below;
    }
}
