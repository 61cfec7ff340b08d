package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.decision.DecisionPartKind;
import io.clicktrail.correlator.decision.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What a path of one click, egress, write and execution shows, as parts of the decision. A path is scored in two steps,
 * since many executions can follow the same three events: first all that comes before the execution, then the
 * execution.
 */
final class PathScorer {

    /** A place that scores higher than this gains nothing by being known. */
    private static final int MAX_KNOWN_SCORE = 75;

    private static final int ACTOR = LinkGradeSet.SAME_PROCESS | LinkGradeSet.SAME_APPLICATION;

    private final LinkRules rules;

    PathScorer(LinkRules rules) {
        this.rules = rules;
    }

    /**
     * The parts of a path before its execution.
     *
     * @param tenant tenant key of the chain
     * @param clickGrades of the link from the click to the egress, or to the write where there is no egress
     * @param writeGrades of the link from the egress to the write
     */
    Tally beforeExecution(
            String tenant,
            @Nullable ChainEvent click,
            int clickGrades,
            @Nullable ChainEvent egress,
            @Nullable ChainEvent write,
            int writeGrades) {
        boolean isOrigin = write != null && tenant.equals(write.tenant());
        boolean fromPlace = write != null
                && (isOrigin
                        || tenant.equals(write.referrer())
                        || has(writeGrades, LinkGradeSet.ARTIFACT)
                        || egress == null && has(clickGrades, LinkGradeSet.ARTIFACT));
        var tally = place(tenant, click, egress, write);
        tally = click == null ? tally.with(DecisionPartKind.CLICK_MISSING) : withClick(tally, click, clickGrades);
        if (egress == null && !isOrigin) {
            tally = tally.with(DecisionPartKind.EGRESS_MISSING);
        }
        if (write == null) {
            return tally;
        }
        tally = withKindOfFile(tally, write);
        if (rules.lacksMark(write)) {
            tally = tally.with(DecisionPartKind.MARK_MISSING);
        }
        if (fromPlace) {
            return tally.with(DecisionPartKind.FILE_FROM_PLACE);
        }
        if (has(writeGrades, ACTOR)) {
            tally = tally.with(DecisionPartKind.FILE_SAME_APPLICATION);
        }
        var origin = egress == null ? click : egress;
        if (origin != null && !rules.isStrong(tally.domainScore()) && rules.mayBeFromElsewhere(origin, write)) {
            tally = tally.with(DecisionPartKind.OTHER_ORIGIN);
        }
        return has(clickGrades, LinkGradeSet.ARTIFACT) ? tally : tally.with(DecisionPartKind.NO_ARTIFACT);
    }

    /** Nothing is known of a file of which the sensor shows a temporary name alone: it may as well be a document. */
    private static Tally withKindOfFile(Tally tally, ChainEvent write) {
        if (write.is(ChainEvent.RISKY)) {
            return tally.with(DecisionPartKind.RISKY_FILE);
        }
        if (write.is(ChainEvent.HARMLESS)) {
            return tally.with(DecisionPartKind.HARMLESS_FILE);
        }
        boolean isUnnamed = write.file() != null && write.file().folder() != Fingerprint.ABSENT;
        return isUnnamed ? tally : tally.with(DecisionPartKind.OTHER_FILE);
    }

    /**
     * The parts of a click, a program saved after it, and a connection of what ran to a new place elsewhere.
     *
     * @param clickGrades of the link from the click to the write
     */
    Tally called(ChainEvent click, int clickGrades, ChainEvent write, ChainEvent connection) {
        var tenant = connection.tenant();
        var tally = withClick(
                        tenant == null ? new Tally(0, 0) : place(tenant, null, connection, null), click, clickGrades)
                .with(DecisionPartKind.RISKY_FILE)
                .with(DecisionPartKind.NO_ARTIFACT)
                .with(DecisionPartKind.CODE_RAN)
                .with(DecisionPartKind.CALLED_OTHER_NEW_PLACE);
        return rules.lacksMark(write) ? tally.with(DecisionPartKind.MARK_MISSING) : tally;
    }

    /**
     * The parts of a click and what ran by name: a command that names the place, or a file whose name is in a URL of
     * the place, where no write was seen.
     *
     * @param egress to the place, if one was seen
     */
    Tally run(String tenant, ChainEvent click, int clickGrades, @Nullable ChainEvent egress, ChainEvent run) {
        boolean isCommand = tenant.equals(run.tenant());
        var tally = withClick(place(tenant, click, egress, run), click, clickGrades)
                .with(isCommand ? DecisionPartKind.COMMAND_NAMES_PLACE : DecisionPartKind.FILE_FROM_PLACE);
        if (!isCommand) {
            tally = tally.with(DecisionPartKind.RISKY_FILE);
            tally = egress == null ? tally.with(DecisionPartKind.EGRESS_MISSING) : tally;
        }
        tally = withSignature(tally, run);
        return !run.is(ChainEvent.HARMLESS) && isFirstProgram(tenant, click, egress, run)
                ? tally.with(DecisionPartKind.FIRST_PROGRAM, DecisionPartKind.KNOWN_PLACE)
                        .with(DecisionPartKind.CODE_RAN)
                : tally.with(DecisionPartKind.CODE_RAN);
    }

    private static Tally withSignature(Tally tally, ChainEvent run) {
        if (run.isOfKnownPublisher()) {
            return tally.with(DecisionPartKind.KNOWN_PUBLISHER);
        }
        return run.isBadlySigned() ? tally.with(DecisionPartKind.BAD_SIGNATURE) : tally;
    }

    /**
     * The parts of a path without a file, with the form that was sent to the place.
     *
     * @param egress null where none was seen
     */
    static Tally withForm(Tally before, String tenant, ChainEvent click, @Nullable ChainEvent egress) {
        int traits = traits(tenant, click) | traits(tenant, egress);
        var tally = egress != null && egress.is(ChainEvent.POSTED) ? before.with(DecisionPartKind.FORM_SENT) : before;
        boolean isFalse = (traits & ChainEvent.IMITATES) != 0 && (traits & ChainEvent.SIGN_IN_PAGE) != 0;
        return isFalse ? tally.with(DecisionPartKind.FALSE_SIGN_IN_PAGE) : tally;
    }

    /** The parts with a risky sign-in that followed. */
    static Tally withSignIn(Tally before, ChainEvent signIn) {
        return before.with(
                signIn.is(ChainEvent.RISKY)
                        ? DecisionPartKind.HIGH_RISK_SIGN_IN
                        : DecisionPartKind.MEDIUM_RISK_SIGN_IN);
    }

    /** The parts with code of the write that ran and is nobody's that is known. */
    static Tally withRun(
            Tally before,
            String tenant,
            @Nullable ChainEvent click,
            @Nullable ChainEvent egress,
            @Nullable ChainEvent write) {
        return before.has(DecisionPartKind.RISKY_FILE) && isFirstProgram(tenant, click, egress, write)
                ? before.with(DecisionPartKind.FIRST_PROGRAM, DecisionPartKind.KNOWN_PLACE)
                        .with(DecisionPartKind.CODE_RAN)
                : before.with(DecisionPartKind.CODE_RAN);
    }

    private static boolean isFirstProgram(
            String tenant, @Nullable ChainEvent click, @Nullable ChainEvent egress, @Nullable ChainEvent last) {
        int traits = traits(tenant, click) | traits(tenant, egress) | traits(tenant, last);
        return (traits & (ChainEvent.NEW_PLACE | ChainEvent.LEARNING_PLACE)) == 0
                && (traits & ChainEvent.KNOWN_PLACE) != 0
                && (traits & ChainEvent.FIRST_PROGRAM) != 0;
    }

    private static Tally withClick(Tally tally, ChainEvent click, int grades) {
        var with = click.is(ChainEvent.WEAK_CLICK) ? tally.with(DecisionPartKind.WEAK_CLICK) : tally;
        if (has(grades, LinkGradeSet.ARTIFACT)) {
            return with.with(DecisionPartKind.CLICK_SAME_PLACE);
        }
        return has(grades, ACTOR) ? with : with.with(DecisionPartKind.CLICK_TIME_ONLY);
    }

    /** The score of the place, and whether it is new here; by the members of the path that lead there. */
    private static Tally place(
            String tenant, @Nullable ChainEvent click, @Nullable ChainEvent egress, @Nullable ChainEvent last) {
        int score = Math.max(Math.max(score(tenant, click), score(tenant, egress)), score(tenant, last));
        int traits = traits(tenant, click) | traits(tenant, egress) | traits(tenant, last);
        var tally = new Tally(score, 0);
        if ((traits & ChainEvent.NEW_PLACE) != 0) {
            return tally.with(DecisionPartKind.NEW_PLACE);
        }
        if ((traits & ChainEvent.LEARNING_PLACE) != 0) {
            return tally.with(DecisionPartKind.NEW_PLACE_LEARNING);
        }
        boolean isKnown = (traits & ChainEvent.KNOWN_PLACE) != 0;
        return isKnown && score <= MAX_KNOWN_SCORE ? tally.with(DecisionPartKind.KNOWN_PLACE) : tally;
    }

    private static int score(String tenant, @Nullable ChainEvent event) {
        return event != null && tenant.equals(event.tenant()) ? event.score() : 0;
    }

    private static int traits(String tenant, @Nullable ChainEvent event) {
        return event != null && tenant.equals(event.tenant()) ? event.traits() : 0;
    }

    private static boolean has(int grades, int any) {
        return (grades & any) != 0;
    }
}
