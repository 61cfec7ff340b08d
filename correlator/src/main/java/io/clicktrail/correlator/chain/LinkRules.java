package io.clicktrail.correlator.chain;

import io.clicktrail.event.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What links two events of one host: the pairwise rules of a chain, all on event time. Every rule only ever adds a link
 * when more is known, with one exception that depends on the write alone: a file that says where it came from is not
 * linked to an egress to elsewhere.
 */
final class LinkRules {

    private final List<ChainEvent> marks;
    private final List<ChainEvent> unmarked;
    private final List<ChainEvent> egresses;
    private final Lineage lineage;
    private final long window;
    private final long followOn;
    private final long skew;
    private final long markSpan;
    private final int strongScore;
    private final boolean hasMarks;
    private @Nullable List<ChainEvent> distributors;

    /** Between two events of the host's own clock. */
    private static final long SAME_CLOCK_SKEW = 2_000_000;

    /** Between a connection and the write of a download whose origin no sensor names. */
    private static final long DOWNLOAD_SPAN = micros(Duration.ofMinutes(2));

    /** How soon a program connects of which no sensor says that it did. */
    private static final long CALL_SPAN = micros(Duration.ofSeconds(30));

    /** Between a download of which no name shows and the run of a file in its folder. */
    private static final long UNNAMED_SPAN = micros(Duration.ofMinutes(10));

    /** Between two clocks, where nothing but time ties two events. */
    private static final long CLOSE_SKEW = micros(Duration.ofSeconds(10));

    private static final long LATE_RUN = micros(ChainDefinition.LATE_RUN);
    private static final long MARK_OF_WRITE = micros(ChainDefinition.MARK_OF_WRITE);

    LinkRules(ChainDefinition definition, HostState state, Lineage lineage) {
        var writes = state.writes();
        this.egresses = state.egresses();
        this.marks = marksOf(writes);
        this.unmarked = unmarkedOf(writes);
        this.lineage = lineage;
        this.window = micros(definition.window());
        this.followOn = micros(definition.followOn());
        this.skew = micros(definition.skew());
        this.markSpan = micros(definition.markSpan());
        this.strongScore = definition.strongScore();
        this.hasMarks = definition.platform() != Platform.LINUX;
    }

    private static List<ChainEvent> marksOf(List<ChainEvent> writes) {
        List<ChainEvent> marks = List.of();
        for (int i = 0; i < writes.size(); i++) {
            var write = writes.get(i);
            if (write.namesOrigin()) {
                marks = marks.isEmpty() ? new ArrayList<>() : marks;
                marks.add(write);
            }
        }
        return marks;
    }

    private static List<ChainEvent> unmarkedOf(List<ChainEvent> writes) {
        List<ChainEvent> unmarked = List.of();
        for (int i = 0; i < writes.size(); i++) {
            if (writes.get(i).is(ChainEvent.UNMARKED)) {
                unmarked = unmarked.isEmpty() ? new ArrayList<>() : unmarked;
                unmarked.add(writes.get(i));
            }
        }
        return unmarked;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /** Click and egress. */
    int clickToEgress(ChainEvent c, ChainEvent e) {
        if (e.is(ChainEvent.DISTRIBUTOR)
                || e.time() < c.time() - skew(c, e)
                || e.time() > c.time() + window
                || differentUsers(c, e)) {
            return LinkGradeSet.NONE;
        }
        int grades = 0;
        if (startedBy(c, e)) {
            grades |= LinkGradeSet.SAME_PROCESS;
        }
        if (c.tenant() != null && c.tenant().equals(e.tenant())) {
            grades |= LinkGradeSet.ARTIFACT;
        }
        if (sameApplication(c, e)) {
            grades |= LinkGradeSet.SAME_APPLICATION;
        }
        return graded(grades, c, e);
    }

    /** Egress and write; the click that both follow bounds the write's time, see {@link #inWindow}. */
    int egressToWrite(ChainEvent e, ChainEvent w) {
        if (e.is(ChainEvent.DISTRIBUTOR)
                || w.time() < e.time() - skew(e, w)
                || w.time() > e.time() + skew(e, w) + window
                || differentUsers(e, w)) {
            return LinkGradeSet.NONE;
        }
        boolean isFromThere = comesFrom(w, e.tenant());
        if (w.tenant() != null && !isFromThere) {
            return LinkGradeSet.NONE;
        }
        int grades = isFromThere || markComesFrom(w, e.tenant()) || names(e, w) ? LinkGradeSet.ARTIFACT : 0;
        if (grades == 0 && !canBeFrom(w, e.tenant(), e.score())) {
            return LinkGradeSet.NONE;
        }
        if (sameLine(e, w)) {
            grades |= LinkGradeSet.SAME_PROCESS;
        }
        if (sameApplication(e, w)) {
            grades |= LinkGradeSet.SAME_APPLICATION;
        }
        return graded(grades, e, w);
    }

    /** Click and write where no egress was seen; time alone does not link them. */
    int clickToWrite(ChainEvent c, ChainEvent w) {
        if (w.time() < c.time() - skew(c, w) || !inWindow(c, w) || differentUsers(c, w)) {
            return LinkGradeSet.NONE;
        }
        int grades = isFileOf(c, w) ? LinkGradeSet.ARTIFACT : 0;
        var origin = w.tenant() == null ? c : w;
        if (grades == 0 && !canBeFrom(w, origin.tenant(), origin.score())) {
            return LinkGradeSet.NONE;
        }
        if (startedBy(c, w)) {
            grades |= LinkGradeSet.SAME_PROCESS;
        }
        if (sameApplication(c, w)) {
            grades |= LinkGradeSet.SAME_APPLICATION;
        }
        return certain(c, w) ? grades : grades & LinkGradeSet.ARTIFACT;
    }

    /**
     * Whether click and write of one complete chain can belong together: not to different users, and where the egress
     * between them names no process and no file, not to an actor that has nothing to do with the click. Where the click
     * names no process either, as with a mail gateway's, only what people save downloads with can have written the
     * file. What nobody knows who wrote into a folder for temporary files is no download unless something names it.
     */
    boolean belongTogether(ChainEvent c, ChainEvent e, ChainEvent w, int egressToWrite) {
        if (differentUsers(c, w) || !inWindow(c, w)) {
            return false;
        }
        if ((egressToWrite & LinkGradeSet.ARTIFACT) != 0 || isFileOf(c, w)) {
            return true;
        }
        if (!w.knowsActor() && w.is(ChainEvent.NO_DOWNLOADER)) {
            return false;
        }
        return e.knowsActor()
                || !c.knowsActor() && !w.is(ChainEvent.NO_DOWNLOADER)
                || !w.knowsActor()
                || sameApplication(c, w)
                || startedBy(c, w);
    }

    /**
     * Click and a command that names a place to take code from: the clicked place, or any new one where the command was
     * typed or pasted. Developers take their tools' scripts from places that are known here.
     */
    int clickToCommand(ChainEvent c, ChainEvent x) {
        if (x.tenant() == null
                || x.time() < c.time() - skew(c, x)
                || x.time() > c.time() + window
                || differentUsers(c, x)) {
            return LinkGradeSet.NONE;
        }
        if (x.tenant().equals(c.tenant())) {
            return LinkGradeSet.ARTIFACT;
        }
        if (!x.is(ChainEvent.PASTED) || x.is(ChainEvent.KNOWN_PLACE)) {
            return LinkGradeSet.NONE;
        }
        if (runsFileOf(c, x)) {
            return LinkGradeSet.ARTIFACT;
        }
        return certain(c, x) ? sameUserOrHost(c, x) : LinkGradeSet.VIA_ADDRESS;
    }

    /** Whether an egress can be between a click and what ran. */
    boolean canBeBetween(ChainEvent c, ChainEvent e, ChainEvent x) {
        return !differentUsers(c, x) && !differentUsers(e, x);
    }

    /** Click or egress and the run of a file that has the name of the file in its URL, where no write was seen. */
    int urlToRun(ChainEvent origin, ChainEvent x) {
        return runsFileOf(origin, x) && followsClick(origin, x) && !differentUsers(origin, x)
                ? LinkGradeSet.ARTIFACT
                : LinkGradeSet.NONE;
    }

    private static boolean runsFileOf(ChainEvent origin, ChainEvent x) {
        return origin.urlName() != Fingerprint.ABSENT
                && x.run() != null
                && x.run().names(origin.urlName());
    }

    /** Write and execution. */
    int writeToExecution(ChainEvent w, ChainEvent x) {
        if (!follows(w, x) || differentUsers(w, x)) {
            return LinkGradeSet.NONE;
        }
        int grades = contentRuns(w, x);
        if (runsLolbinBelow(w, x, w.time() - window)) {
            grades |= LinkGradeSet.SAME_PROCESS;
        }
        return capped(grades, w, x);
    }

    /**
     * Write and an execution of the file itself after the follow-on time, while its chain is open: people open
     * downloads hours later. By path or content alone, since a name says little after hours.
     */
    int writeToLateRun(ChainEvent w, ChainEvent x) {
        return x.time() <= w.time() + followOn
                        || x.time() > w.time() + LATE_RUN
                        || x.is(ChainEvent.PREPARED)
                        || differentUsers(w, x)
                        || !runsSameFile(w, x)
                ? LinkGradeSet.NONE
                : capped(LinkGradeSet.ARTIFACT, w, x);
    }

    /** A file made of a write, and its execution; what else the process that made it started says nothing. */
    int madeToExecution(ChainEvent made, ChainEvent x) {
        return !follows(made, x) || differentUsers(made, x) ? LinkGradeSet.NONE : capped(contentRuns(made, x), made, x);
    }

    /** Whether an execution that is linked to a write is of the file itself, or of a member of it. */
    static boolean runsContent(ChainEvent w, ChainEvent x) {
        return contentRuns(w, x) != LinkGradeSet.NONE;
    }

    private static int contentRuns(ChainEvent w, ChainEvent x) {
        int grades = runsFile(w, x) ? LinkGradeSet.ARTIFACT : LinkGradeSet.NONE;
        if (w.is(ChainEvent.CONTAINER) && x.is(ChainEvent.UNPACKED) || mayBeUnnamed(w, x)) {
            grades |= sameUserOrHost(w, x);
        }
        return grades;
    }

    /**
     * Whether what ran may be a download of which the sensor shows no final name: it is in the same folder, soon after.
     */
    private static boolean mayBeUnnamed(ChainEvent w, ChainEvent x) {
        return w.file() != null
                && x.run() != null
                && w.file().folder() != Fingerprint.ABSENT
                && w.file().folder() == x.run().folder()
                && x.time() <= w.time() + UNNAMED_SPAN;
    }

    /** Whether a write gives another one's file a new name, or is a member of that archive. */
    boolean renames(ChainEvent w, ChainEvent made) {
        var file = w.file();
        var other = made.file();
        return file != null
                && other != null
                && other.source() != Fingerprint.ABSENT
                && (other.source() == file.path() || other.source() == file.finalPath())
                && follows(w, made)
                && !differentUsers(w, made);
    }

    /** Whether a write was made by what ran, or below it: a dropped file, a member of an archive that was opened. */
    boolean makes(ChainEvent x, ChainEvent made) {
        return x.process() != Fingerprint.ABSENT
                && x.time() <= made.time()
                && made.time() <= x.time() + followOn
                && (made.process() == x.process()
                        || lineage.descends(made.process(), x.process(), x.time(), made.time()));
    }

    /** Whether what ran, or a process below it, connected to a place that is new here. */
    boolean calls(ChainEvent x, ChainEvent e) {
        return e.is(ChainEvent.NEW_PLACE)
                && x.process() != Fingerprint.ABSENT
                && x.time() <= e.time()
                && e.time() <= x.time() + followOn
                && (e.process() == x.process() || lineage.descends(e.process(), x.process(), x.time(), e.time()));
    }

    /**
     * Whether a write that nothing names the origin of may be from a trusted place that hands out programs, any or
     * those of a vendor whose files have such names: one that was connected to just before the write, after the place
     * that it is held to be from, and by nobody else that is known.
     */
    boolean mayBeFromElsewhere(ChainEvent origin, ChainEvent w) {
        if (w.namesOrigin()) {
            return false;
        }
        var connections = distributors();
        for (int i = 0; i < connections.size(); i++) {
            var e = connections.get(i);
            if (e.time() >= origin.time() - CLOSE_SKEW
                    && e.time() >= w.time() - DOWNLOAD_SPAN
                    && e.time() <= w.time() + CLOSE_SKEW
                    && (e.vendor() == Fingerprint.ABSENT || e.vendor() == w.vendor())
                    && !differentUsers(e, w)
                    && !differentApplications(e, w)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the score of a place is strong enough for a chain that lacks a stage. */
    boolean isStrong(int score) {
        return score >= strongScore;
    }

    private List<ChainEvent> distributors() {
        if (distributors == null) {
            List<ChainEvent> found = List.of();
            for (int i = 0; i < egresses.size(); i++) {
                if (egresses.get(i).is(ChainEvent.DISTRIBUTOR)) {
                    found = found.isEmpty() ? new ArrayList<>() : found;
                    found.add(egresses.get(i));
                }
            }
            distributors = found;
        }
        return distributors;
    }

    /**
     * Whether what ran connected to a new place of which more than an address is known. Proxies and sensors of the
     * network know no process, so there a connection just after the start counts. An address alone says nothing: it may
     * be that of the place that the file came from, or of one that is known by its name.
     */
    boolean callsNamed(ChainEvent x, ChainEvent e) {
        return !e.is(ChainEvent.ADDRESS_ALONE) && (calls(x, e) || mayCall(x, e));
    }

    /** The same, of a place other than the one that it came from. */
    boolean callsElsewhere(ChainEvent x, ChainEvent e, String tenant) {
        return !tenant.equals(e.tenant()) && callsNamed(x, e);
    }

    /** Whether a connection to a new place that may be anybody's was made just after the start. */
    boolean mayCall(ChainEvent x, ChainEvent e) {
        return e.is(ChainEvent.NEW_PLACE)
                && !e.knowsActor()
                && e.time() >= x.time() - CLOSE_SKEW
                && e.time() <= x.time() + CALL_SPAN
                && !differentUsers(x, e);
    }

    /**
     * Whether a file that can run was saved so soon after a connection to a new place that it may be from there,
     * although nothing names its origin.
     */
    boolean mayDownload(ChainEvent e, ChainEvent w) {
        return e.is(ChainEvent.NEW_PLACE)
                && !e.is(ChainEvent.ADDRESS_ALONE)
                && w.is(ChainEvent.RISKY)
                && !w.is(ChainEvent.NO_DOWNLOADER)
                && w.time() >= e.time() - CLOSE_SKEW
                && w.time() <= e.time() + DOWNLOAD_SPAN;
    }

    /**
     * A click that leads to a place that is known here, and the write of a program that may be a download and names no
     * origin: known sites get compromised, and lead on.
     */
    int clickToDownload(ChainEvent c, ChainEvent w) {
        if (!c.is(ChainEvent.KNOWN_PLACE)
                || !w.is(ChainEvent.RISKY)
                || w.is(ChainEvent.NO_DOWNLOADER)
                || w.namesOrigin()
                || w.time() < c.time() - skew(c, w)
                || !inWindow(c, w)
                || differentUsers(c, w)
                || !canBeFrom(w, null, 0)) {
            return LinkGradeSet.NONE;
        }
        int grades = startedBy(c, w) ? LinkGradeSet.SAME_PROCESS : 0;
        if (sameApplication(c, w)) {
            grades |= LinkGradeSet.SAME_APPLICATION;
        }
        return graded(grades, c, w);
    }

    /** Whether something ran below what ran, under whatever user. */
    boolean runsBelow(ChainEvent x, ChainEvent below) {
        return x.time() <= below.time()
                && below.time() <= x.time() + followOn
                && lineage.descends(below.process(), x.process(), x.time(), below.time());
    }

    /** Clicked process and a living-off-the-land binary below it. */
    int clickToLolbin(ChainEvent c, ChainEvent x) {
        return toLolbin(c, x, c.time() - skew);
    }

    /** Connecting process and a living-off-the-land binary below it. */
    int egressToLolbin(ChainEvent e, ChainEvent x) {
        return toLolbin(e, x, Math.min(e.time(), x.time()) - window);
    }

    private int toLolbin(ChainEvent origin, ChainEvent x, long from) {
        return differentUsers(origin, x) || !runsLolbinBelow(origin, x, from)
                ? LinkGradeSet.NONE
                : capped(LinkGradeSet.SAME_PROCESS, origin, x);
    }

    /**
     * Whether a risky sign-in may be of what the user entered after a click: of nobody else, and in the time in which
     * what a click began is followed on.
     */
    boolean maySignIn(ChainEvent c, ChainEvent signIn) {
        return signIn.time() >= c.time() - skew && signIn.time() <= c.time() + followOn && !differentUsers(c, signIn);
    }

    /** Whether the write is in the window that the click opens. */
    boolean inWindow(ChainEvent c, ChainEvent w) {
        return w.time() <= c.time() + window;
    }

    /** Whether the write is in the window that an egress opens where no click was seen. */
    boolean inWindowOfEgress(ChainEvent e, ChainEvent w) {
        return w.time() <= e.time() + window;
    }

    /** Whether the execution is in the time after the write in which it counts. */
    boolean follows(ChainEvent w, ChainEvent x) {
        return w.time() <= x.time() && x.time() <= w.time() + followOn;
    }

    /** Whether the execution is in the time after the click in which it counts where no write was seen. */
    boolean followsClick(ChainEvent c, ChainEvent x) {
        return c.time() <= x.time() && x.time() <= c.time() + window + followOn;
    }

    private boolean startedBy(ChainEvent c, ChainEvent other) {
        if (other.process() == Fingerprint.ABSENT) {
            return false;
        }
        long to = Math.max(c.time(), other.time());
        return c.process() == other.process()
                || lineage.descends(other.process(), c.process(), c.time() - skew, to)
                || lineage.descends(other.process(), c.opener(), c.time() - skew, to);
    }

    private boolean sameLine(ChainEvent a, ChainEvent b) {
        if (a.process() == Fingerprint.ABSENT || b.process() == Fingerprint.ABSENT) {
            return false;
        }
        long from = Math.min(a.time(), b.time()) - window;
        long to = Math.max(a.time(), b.time());
        return a.process() == b.process()
                || lineage.descends(b.process(), a.process(), from, to)
                || lineage.descends(a.process(), b.process(), from, to);
    }

    private boolean runsLolbinBelow(ChainEvent origin, ChainEvent x, long from) {
        return x.is(ChainEvent.LOLBIN)
                && lineage.descends(x.process(), origin.process(), from, Math.max(origin.time(), x.time()));
    }

    private static boolean runsFile(ChainEvent w, ChainEvent x) {
        var file = w.file();
        var run = x.run();
        if (file == null || run == null) {
            return false;
        }
        for (int i = 0; i < run.names().length; i++) {
            if (file.isNamed(run.names()[i])) {
                return true;
            }
        }
        return runsSameFile(w, x);
    }

    private static boolean runsSameFile(ChainEvent w, ChainEvent x) {
        var file = w.file();
        var run = x.run();
        if (file == null || run == null) {
            return false;
        }
        if (file.isAt(run.image()) || file.hash() != Fingerprint.ABSENT && file.hash() == run.hash()) {
            return true;
        }
        for (long path : run.paths()) {
            if (file.isAt(path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean comesFrom(ChainEvent w, @Nullable String tenant) {
        return tenant != null && (tenant.equals(w.tenant()) || tenant.equals(w.referrer()));
    }

    /** Whether another write of the same path, close in time, names the tenant key. */
    private boolean markComesFrom(ChainEvent w, @Nullable String tenant) {
        for (int i = 0; i < marks.size(); i++) {
            var mark = marks.get(i);
            if (comesFrom(mark, tenant) && speaksOf(mark, w)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a write can be of a place that only process, application or time tie it to: no mark of that write names
     * another place, unless one names this place, and nothing that may speak of another is awaited any more. Linux has
     * no marks that are always set, so one that is there says nothing of other writes, and a place that is strong
     * enough alone awaits nothing.
     */
    private boolean canBeFrom(ChainEvent w, @Nullable String tenant, int score) {
        if (!w.is(ChainEvent.SETTLED) && (hasMarks || !isStrong(score))) {
            return false;
        }
        boolean isElsewhere = false;
        for (int i = 0; hasMarks && i < marks.size(); i++) {
            var mark = marks.get(i);
            if (samePath(mark, w) && Math.abs(mark.time() - w.time()) <= MARK_OF_WRITE) {
                if (comesFrom(mark, tenant)) {
                    return true;
                }
                isElsewhere = true;
            }
        }
        return !isElsewhere;
    }

    /** Whether the file names the clicked place as its origin, or has its name from the clicked URL. */
    private static boolean isFileOf(ChainEvent c, ChainEvent w) {
        return comesFrom(w, c.tenant()) || names(c, w);
    }

    /** Whether the URL of a click or egress names the file. */
    private static boolean names(ChainEvent origin, ChainEvent w) {
        return origin.urlName() != Fingerprint.ABSENT
                && w.file() != null
                && w.file().isNamed(origin.urlName());
    }

    /**
     * Whether this or another sighting of the same path, close in time, says that the mark of a download is missing.
     */
    boolean lacksMark(ChainEvent w) {
        for (int i = 0; i < unmarked.size(); i++) {
            if (speaksOf(unmarked.get(i), w)) {
                return true;
            }
        }
        return false;
    }

    /** Whether what is said of the mark of a file holds for a write. */
    boolean speaksOf(ChainEvent mark, ChainEvent w) {
        return samePath(mark, w) && Math.abs(mark.time() - w.time()) <= markSpan;
    }

    /** A row of macOS's list of quarantined downloads has the name of the file, but no folder. */
    private static boolean samePath(ChainEvent mark, ChainEvent w) {
        if (mark.file() == null || w.file() == null) {
            return false;
        }
        return w.file().isAt(mark.file().path())
                || mark.file().hasNoFolder() && w.file().isNamed(mark.file().name());
    }

    private static boolean differentUsers(ChainEvent a, ChainEvent b) {
        return UserFingerprint.areDifferent(a.user(), b.user());
    }

    private static boolean differentApplications(ChainEvent a, ChainEvent b) {
        return a.application() != Fingerprint.ABSENT
                && b.application() != Fingerprint.ABSENT
                && a.application() != b.application();
    }

    private static boolean sameApplication(ChainEvent a, ChainEvent b) {
        return a.application() != Fingerprint.ABSENT && a.application() == b.application();
    }

    private long skew(ChainEvent a, ChainEvent b) {
        return a.is(ChainEvent.HOST_CLOCK) && b.is(ChainEvent.HOST_CLOCK) ? Math.min(skew, SAME_CLOCK_SKEW) : skew;
    }

    private static int sameUserOrHost(ChainEvent a, ChainEvent b) {
        return a.user() != Fingerprint.ABSENT && a.user() == b.user() ? LinkGradeSet.SAME_USER : LinkGradeSet.SAME_HOST;
    }

    private static boolean certain(ChainEvent a, ChainEvent b) {
        return !a.is(ChainEvent.WEAK) && !b.is(ChainEvent.WEAK);
    }

    private static int graded(int grades, ChainEvent a, ChainEvent b) {
        if (grades == LinkGradeSet.NONE && !(a.knowsActor() && b.knowsActor())) {
            return certain(a, b) ? sameUserOrHost(a, b) : LinkGradeSet.VIA_ADDRESS;
        }
        return capped(grades, a, b);
    }

    private static int capped(int grades, ChainEvent a, ChainEvent b) {
        return certain(a, b) ? grades : LinkGradeSet.viaAddress(grades);
    }
}
