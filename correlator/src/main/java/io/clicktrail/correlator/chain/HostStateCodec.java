package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.chain.ChainEvent.Run;
import io.clicktrail.correlator.chain.ChainEvent.Written;
import io.clicktrail.correlator.chain.HostState.Episodes;
import io.clicktrail.correlator.chain.OpenChain.Windows;
import io.clicktrail.correlator.decision.ChainVerdict;
import io.clicktrail.correlator.decision.DecisionPartKind;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Platform;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a host's state in a store, written by hand because each step of each host reads and writes them.
 *
 * <p>Layout of version 4: a version byte, then the fields of {@link HostState} in their order. Times, counts and flags
 * are zigzag varints as in Protocol Buffers and Avro, times as differences to a time near by; fingerprints and ids are
 * eight bytes each, an absent fingerprint costs one bit; lists and texts are preceded by their length. Enums are the
 * numbers below, never ordinals. Earlier versions differ only in what they lack: version 1 the path before a rename,
 * versions 1 and 2 most traits, the names of files in URLs and of images, and the verdicts, version 3 and earlier the
 * sign-ins. A later version gets a new version byte and keeps this reader. The number after a chain's platform is 1
 * where it is complete, and 2 for each point that a late run is worth.
 *
 * <p>Invariants: reading what was written gives an equal state, and bytes that are cut off, altered or too long give an
 * equal state or an IllegalArgumentException, never another error and never a list beyond its {@link StateBound}.
 *
 * <p>Cost: linear in the state. An event takes 30 to 90 bytes, an open chain of four stages less than 1 kB, a host
 * under a flood less than 128 kB. Nothing is shared between calls.
 */
public final class HostStateCodec {

    private static final int VERSION = 4;
    private static final int OLDEST_VERSION = 1;
    private static final int FIRST_WITH_VERDICTS = 3;
    private static final int FIRST_WITH_SIGN_INS = 4;
    private static final Platform[] PLATFORMS = {Platform.UNKNOWN, Platform.WINDOWS, Platform.LINUX, Platform.MACOS};
    private static final Stage[] STAGES = {Stage.CLICK, Stage.EGRESS, Stage.WRITE, Stage.EXECUTION};
    private static final LinkGrade[] GRADES = {
        LinkGrade.SAME_PROCESS,
        LinkGrade.ARTIFACT,
        LinkGrade.SAME_APPLICATION,
        LinkGrade.SAME_USER,
        LinkGrade.VIA_ADDRESS,
        LinkGrade.SAME_HOST
    };
    private static final MissingReason[] REASONS = {
        MissingReason.PENDING, MissingReason.NOT_SEEN, MissingReason.SENSOR_SILENT, MissingReason.NO_SENSOR
    };

    private static final DecisionPartKind[] PARTS = {
        DecisionPartKind.DOMAIN_SCORE,
        DecisionPartKind.NEW_PLACE,
        DecisionPartKind.NEW_PLACE_LEARNING,
        DecisionPartKind.FIRST_PROGRAM,
        DecisionPartKind.KNOWN_PLACE,
        DecisionPartKind.RISKY_FILE,
        DecisionPartKind.HARMLESS_FILE,
        DecisionPartKind.OTHER_FILE,
        DecisionPartKind.COMMAND_NAMES_PLACE,
        DecisionPartKind.MARK_MISSING,
        DecisionPartKind.CLICK_SAME_PLACE,
        DecisionPartKind.CLICK_TIME_ONLY,
        DecisionPartKind.FILE_FROM_PLACE,
        DecisionPartKind.FILE_SAME_APPLICATION,
        DecisionPartKind.NO_ARTIFACT,
        DecisionPartKind.CODE_RAN,
        DecisionPartKind.SYSTEM_TOOL_RAN,
        DecisionPartKind.PREPARED,
        DecisionPartKind.CLICK_MISSING,
        DecisionPartKind.EGRESS_MISSING,
        DecisionPartKind.WEAK_CLICK,
        DecisionPartKind.STRONG_PLACE,
        DecisionPartKind.CALLED_NEW_PLACE,
        DecisionPartKind.CALLED_OTHER_NEW_PLACE,
        DecisionPartKind.OTHER_ORIGIN,
        DecisionPartKind.FORM_SENT,
        DecisionPartKind.FALSE_SIGN_IN_PAGE,
        DecisionPartKind.HIGH_RISK_SIGN_IN,
        DecisionPartKind.MEDIUM_RISK_SIGN_IN,
        DecisionPartKind.BAD_SIGNATURE,
        DecisionPartKind.KNOWN_PUBLISHER
    };

    private static final int HAS_FILE = 1 << 8;
    private static final int HAS_RUN = 1 << 9;
    private static final int HAS_TENANT = 1 << 10;
    private static final int HAS_REFERRER = 1 << 11;
    private static final int FIRST_TRAITS = 0xF;
    private static final int FIRST_TRAITS_AT = 4;
    private static final int MORE_TRAITS = 0xFFF0;
    private static final int MORE_TRAITS_AT = 8;
    private static final int LAST_TRAITS = ChainEvent.TRAITS & ~(FIRST_TRAITS | MORE_TRAITS);
    private static final int LAST_TRAITS_AT = 9;

    /** Between the first sixteen traits and the last ones. */
    private static final int HAS_URL_NAME = 1 << 24;

    private static final int STAGE_ROLES = 0xF;
    private static final int MAX_POINTS = 100;
    private static final int MAX_SHAPE = Integer.MAX_VALUE;

    private HostStateCodec() {}

    /** Writes a state. */
    public static byte[] encode(HostState state) {
        var out = new StateWriter(64
                + 96 * (state.egresses().size() + state.writes().size())
                + 32 * state.starts().size());
        out.integer(VERSION);
        out.integer(numberOf(PLATFORMS, state.platform()));
        out.integer(state.timer());
        writeEvents(out, state.clicks());
        writeEvents(out, state.egresses());
        writeEvents(out, state.writes());
        writeEvents(out, state.executions());
        writeEvents(out, state.signIns());
        out.integer(state.starts().size());
        for (var start : state.starts()) {
            out.fixed(start.process());
            out.fixed(start.parent());
            out.integer(start.time());
            out.integer(start.arrived() - start.time() / 1_000);
        }
        out.integer(state.chains().size());
        for (var chain : state.chains()) {
            writeChain(out, chain);
        }
        out.integer(state.episodes().size());
        for (var known : state.episodes()) {
            out.fixed(known.tenant());
            out.integer(known.count());
            out.integer(known.touched());
        }
        return out.bytes();
    }

    /**
     * Reads a state of this or an earlier version.
     *
     * @throws IllegalArgumentException if the bytes are of a later version or broken
     */
    public static HostState decode(byte[] bytes) {
        var in = new StateReader(bytes);
        long version = in.integer();
        if (version < OLDEST_VERSION || version > VERSION) {
            throw new IllegalArgumentException(
                    "state of version " + version + " but this release reads up to " + VERSION);
        }
        var platform = PLATFORMS[in.number(PLATFORMS.length - 1)];
        long timer = in.integer();
        var clicks = readEvents(in);
        var egresses = readEvents(in);
        var writes = readEvents(in);
        var executions = readEvents(in);
        List<ChainEvent> signIns = version < FIRST_WITH_SIGN_INS ? List.of() : readSignIns(in);
        int count = in.number(StateBound.STARTS.max());
        var starts = new ArrayList<ProcessStart>(count);
        for (int i = 0; i < count; i++) {
            long process = in.fixed();
            long parent = in.fixed();
            long time = in.integer();
            starts.add(new ProcessStart(process, parent, time, in.integer() + time / 1_000));
        }
        count = in.number(StateBound.CHAINS.max());
        var chains = new ArrayList<OpenChain>(count);
        for (int i = 0; i < count; i++) {
            chains.add(readChain(in, version));
        }
        count = in.number(StateBound.EPISODES.max());
        var episodes = new ArrayList<Episodes>(count);
        for (int i = 0; i < count; i++) {
            episodes.add(new Episodes(in.fixed(), in.number(Integer.MAX_VALUE), in.integer()));
        }
        in.end();
        return new HostState(platform, clicks, egresses, writes, executions, signIns, starts, chains, episodes, timer);
    }

    private static void writeEvents(StateWriter out, List<ChainEvent> events) {
        out.integer(events.size());
        for (int i = 0; i < events.size(); i++) {
            writeEvent(out, events.get(i));
        }
    }

    private static void writeEvent(StateWriter out, ChainEvent event) {
        int shape = event.roles() & STAGE_ROLES
                | (event.traits() & FIRST_TRAITS) << FIRST_TRAITS_AT
                | (event.traits() & MORE_TRAITS) << MORE_TRAITS_AT
                | (event.traits() & LAST_TRAITS) << LAST_TRAITS_AT;
        shape |= event.file() == null ? 0 : HAS_FILE;
        shape |= event.run() == null ? 0 : HAS_RUN;
        shape |= event.tenant() == null ? 0 : HAS_TENANT;
        shape |= event.referrer() == null ? 0 : HAS_REFERRER;
        shape |= event.urlName() == Fingerprint.ABSENT ? 0 : HAS_URL_NAME;
        out.integer(shape);
        out.fixed(event.id().high());
        out.fixed(event.id().low());
        out.integer(event.time());
        out.integer(event.arrived() - event.time() / 1_000);
        out.integer(event.score());
        out.optional(event.user(), event.process(), event.opener(), event.application(), event.vendor());
        if (event.tenant() != null) {
            out.text(event.tenant());
        }
        if (event.referrer() != null) {
            out.text(event.referrer());
        }
        if (event.urlName() != Fingerprint.ABSENT) {
            out.fixed(event.urlName());
        }
        var file = event.file();
        if (file != null) {
            out.optional(
                    file.path(),
                    file.name(),
                    file.finalPath(),
                    file.finalName(),
                    file.hash(),
                    file.source(),
                    file.folder());
        }
        var run = event.run();
        if (run != null) {
            out.optional(run.image(), run.hash(), run.imageName(), run.folder());
            out.integer(run.paths().length);
            for (int i = 0; i < run.paths().length; i++) {
                out.fixed(run.paths()[i]);
                out.fixed(run.names()[i]);
            }
        }
    }

    private static List<ChainEvent> readEvents(StateReader in) {
        int count = in.number(StateBound.EGRESSES.max());
        if (count == 0) {
            return List.of();
        }
        var events = new ArrayList<ChainEvent>(count);
        for (int i = 0; i < count; i++) {
            events.add(readEvent(in, 0));
        }
        return events;
    }

    private static List<ChainEvent> readSignIns(StateReader in) {
        int count = in.number(StateBound.SIGN_INS.max());
        var signIns = new ArrayList<ChainEvent>(count);
        for (int i = 0; i < count; i++) {
            signIns.add(readEvent(in, ChainEvent.SIGN_IN));
        }
        return signIns.isEmpty() ? List.of() : signIns;
    }

    /** @param role that the list alone says */
    private static ChainEvent readEvent(StateReader in, int role) {
        int shape = in.number(MAX_SHAPE);
        var id = new EventId(in.fixed(), in.fixed());
        long time = in.integer();
        long arrived = in.integer() + time / 1_000;
        int score = in.number(100);
        int present = in.optionals();
        long user = in.optional(present, 0);
        long process = in.optional(present, 1);
        long opener = in.optional(present, 2);
        long application = in.optional(present, 3);
        long vendor = in.optional(present, 4);
        var tenant = (shape & HAS_TENANT) == 0 ? null : in.text();
        var referrer = (shape & HAS_REFERRER) == 0 ? null : in.text();
        long urlName = (shape & HAS_URL_NAME) == 0 ? Fingerprint.ABSENT : in.fixed();
        var file = (shape & HAS_FILE) == 0 ? null : readFile(in);
        var run = (shape & HAS_RUN) == 0 ? null : readRun(in);
        return new ChainEvent(
                id,
                time,
                arrived,
                shape & STAGE_ROLES | role,
                shape >>> FIRST_TRAITS_AT & FIRST_TRAITS
                        | shape >>> MORE_TRAITS_AT & MORE_TRAITS
                        | shape >>> LAST_TRAITS_AT & LAST_TRAITS,
                score,
                user,
                process,
                opener,
                application,
                tenant,
                referrer,
                file,
                run,
                vendor,
                urlName);
    }

    private static Written readFile(StateReader in) {
        int present = in.optionals();
        return new Written(
                in.optional(present, 0),
                in.optional(present, 1),
                in.optional(present, 2),
                in.optional(present, 3),
                in.optional(present, 4),
                in.optional(present, 5),
                in.optional(present, 6));
    }

    private static Run readRun(StateReader in) {
        int present = in.optionals();
        long image = in.optional(present, 0);
        long hash = in.optional(present, 1);
        long imageName = in.optional(present, 2);
        long folder = in.optional(present, 3);
        int count = in.number(Run.MAX_PATHS);
        var paths = new long[count];
        var names = new long[count];
        for (int i = 0; i < count; i++) {
            paths[i] = in.fixed();
            names[i] = in.fixed();
        }
        return new Run(image, imageName, hash, folder, paths, names);
    }

    private static void writeChain(StateWriter out, OpenChain chain) {
        out.text(chain.tenantKey());
        out.integer(chain.episode());
        out.integer(chain.epoch());
        out.integer(numberOf(PLATFORMS, chain.platform()));
        out.integer((chain.complete() ? 1 : 0) + 2 * chain.latePoints());
        out.integer(chain.first());
        out.integer(chain.last() - chain.first());
        out.integer(chain.detected() - chain.first());
        out.integer(chain.touched());
        out.integer(chain.emitAt() - chain.touched());
        out.integer(chain.closeAt());
        out.integer(chain.revision());
        out.integer(chain.members().size());
        for (var member : chain.members()) {
            writeMember(out, member, chain.first());
        }
        out.integer(chain.seen().length);
        for (long digest : chain.seen()) {
            out.fixed(digest);
        }
        out.integer(chain.links().size());
        for (var link : chain.links()) {
            out.integer(chain.members().indexOf(link.from()));
            out.integer(chain.members().indexOf(link.to()));
            out.integer(numberOf(GRADES, link.grade()) + (link.elsewhere() ? GRADES.length : 0));
        }
        out.integer(chain.missing().size());
        for (var missing : chain.missing()) {
            out.integer(numberOf(STAGES, missing.stage()));
            out.integer(numberOf(REASONS, missing.reason()));
        }
        out.integer(chain.windows().window());
        out.integer(chain.windows().followOn());
        out.integer(chain.windows().skew());
        writeVerdict(out, chain.verdict());
    }

    private static void writeVerdict(StateWriter out, ChainVerdict verdict) {
        out.integer(verdict.score());
        out.integer(verdict.threshold());
        out.text(verdict.weightsVersion());
        out.integer(verdict.parts().size());
        for (var part : verdict.parts()) {
            out.integer(numberOf(PARTS, part.part()));
            out.integer(part.points());
        }
    }

    private static ChainVerdict readVerdict(StateReader in) {
        int score = in.number(100);
        int threshold = in.number(100);
        var version = in.text();
        int count = in.number(PARTS.length);
        var parts = new ArrayList<ChainVerdict.Scored>(count);
        for (int i = 0; i < count; i++) {
            parts.add(new ChainVerdict.Scored(PARTS[in.number(PARTS.length - 1)], (int) in.integer()));
        }
        return new ChainVerdict(score, threshold, parts, version);
    }

    private static OpenChain readChain(StateReader in, long version) {
        var tenantKey = in.text();
        int episode = in.number(Integer.MAX_VALUE);
        long epoch = in.integer();
        var platform = PLATFORMS[in.number(PLATFORMS.length - 1)];
        int completeAndLate = in.number(1 + 2 * MAX_POINTS);
        long first = in.integer();
        long last = in.integer() + first;
        long detected = in.integer() + first;
        long touched = in.integer();
        long emitAt = in.integer() + touched;
        long closeAt = in.integer();
        int revision = in.number(Integer.MAX_VALUE);
        int count = in.number(StateBound.CHAIN_EVIDENCE.max());
        var members = new ArrayList<ChainMember>(count);
        for (int i = 0; i < count; i++) {
            members.add(readMember(in, first));
        }
        var seen = new long[in.number(OpenChain.MAX_COUNTED)];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = in.fixed();
        }
        count = in.number(STAGES.length);
        var links = new ArrayList<ChainLink>(count);
        for (int i = 0; i < count; i++) {
            var from = members.get(in.number(members.size() - 1));
            var to = members.get(in.number(members.size() - 1));
            int grade = in.number(2 * GRADES.length - 1);
            links.add(new ChainLink(from, to, GRADES[grade % GRADES.length], grade >= GRADES.length));
        }
        count = in.number(STAGES.length);
        var missing = new ArrayList<AbsentStage>(count);
        for (int i = 0; i < count; i++) {
            missing.add(new AbsentStage(STAGES[in.number(STAGES.length - 1)], REASONS[in.number(REASONS.length - 1)]));
        }
        var windows = new Windows(in.integer(), in.integer(), in.integer());
        var verdict = version < FIRST_WITH_VERDICTS ? ChainVerdict.NONE : readVerdict(in);
        return new OpenChain(
                tenantKey,
                episode,
                epoch,
                platform,
                completeAndLate % 2 == 1,
                first,
                last,
                detected,
                touched,
                emitAt,
                closeAt,
                revision,
                members,
                seen,
                links,
                missing,
                windows,
                verdict,
                completeAndLate / 2);
    }

    private static void writeMember(StateWriter out, ChainMember member, long first) {
        out.integer(numberOf(STAGES, member.stage()));
        out.fixed(member.id().high());
        out.fixed(member.id().low());
        out.integer(member.time() - first);
    }

    private static ChainMember readMember(StateReader in, long first) {
        var stage = STAGES[in.number(STAGES.length - 1)];
        return new ChainMember(stage, new EventId(in.fixed(), in.fixed()), in.integer() + first);
    }

    private static <E extends Enum<E>> int numberOf(E[] known, E value) {
        for (int i = 0; i < known.length; i++) {
            if (known[i] == value) {
                return i;
            }
        }
        throw new IllegalArgumentException("no number for " + value);
    }
}
