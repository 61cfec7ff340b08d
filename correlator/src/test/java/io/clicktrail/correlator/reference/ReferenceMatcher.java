package io.clicktrail.correlator.reference;

import io.clicktrail.detection.ClockDifference;
import io.clicktrail.detection.Decision;
import io.clicktrail.detection.DecisionPart;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.event.Source;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FileDanger;
import io.clicktrail.evidence.FilePreparation;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.Role;
import io.clicktrail.evidence.SuffixKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * The chain as its definition reads: the oracle that the correlator is compared with on random histories.
 *
 * <p>It is given all evidence of one host at once, when nothing more can come. Nested loops over clicks, egresses,
 * writes and executions try each combination against the pairwise links and the shapes of a chain, and add up the
 * points of each path; the admitted tuples of one tenant key, in order of time, are cut into episodes where a day is
 * quiet, and each episode is one detection. There is no state, no order of arrival, no expiry, no bound and no index;
 * texts are compared as texts.
 *
 * <p>Invariants: it shares nothing with the correlator but the schemas, so that one mistake is not made twice; a rule
 * that changes is changed in both. The weights are data, and read from
 * the same list. It holds only for histories that stay within the bounds of one host and whose
 * evidence is no later than the grace.
 *
 * <p>Cost: cubic in the events, and more with executions; meant for histories of some dozens of events.
 */
public final class ReferenceMatcher {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration EPOCH = Duration.ofDays(30);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Duration SAME_CLOCK = Duration.ofSeconds(2);
    private static final Set<ApplicationKind> SAVES_DOWNLOADS = Set.of(
            ApplicationKind.BROWSER,
            ApplicationKind.WEBVIEW,
            ApplicationKind.MAIL,
            ApplicationKind.CHAT,
            ApplicationKind.OFFICE,
            ApplicationKind.READER);
    private static final Duration MARK_OF_WRITE = Duration.ofMinutes(2);
    private static final int STRONG = 50;
    private static final int SUSPICIOUS = 30;
    private static final int BAD = 90;
    private static final int THRESHOLD = 60;
    private static final String WEIGHTS = weights();
    private static final UUID NAMESPACE = UUID.fromString("5d0c1f2e-8c5b-4f0e-9a54-0de700661204");

    private final String host;
    private final Platform platform;
    private final Duration window;
    private final Duration followOn;
    private final Duration skew;
    private final Map<Stage, Instant> lastSeen;
    private final List<Evidence> evidence;
    private final List<Start> starts;
    private final Map<Role, List<Evidence>> roles = new EnumMap<>(Role.class);
    private final Map<Evidence, Followed> followOns = new IdentityHashMap<>();
    private final Map<String, List<Tuple>> tuples = new TreeMap<>();

    private record Placed(Stage stage, Evidence evidence) {

        Instant time() {
            return evidence.getEvent().getTime();
        }

        String id() {
            return evidence.getEvent().getEventId();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Placed placed && stage == placed.stage && id().equals(placed.id());
        }

        @Override
        public int hashCode() {
            return 31 * id().hashCode() + stage.ordinal();
        }
    }

    private record Start(@Nullable String process, Set<String> parents, Instant time) {}

    private record Linked(Placed from, Placed to, LinkGrade grade) {}

    /** What an execution after the other events of a path is. */
    private enum Ran {
        NOTHING,
        CODE,
        CODE_THAT_CALLED,
        CODE_THAT_CALLED_NAMED,
        CODE_THAT_CALLED_ELSEWHERE,
        KNOWN_CODE,
        TOOL,
        PREPARED
    }

    private static final Set<Ran> UNKNOWN_CODE =
            Set.of(Ran.CODE, Ran.CODE_THAT_CALLED, Ran.CODE_THAT_CALLED_NAMED, Ran.CODE_THAT_CALLED_ELSEWHERE);

    /** An execution that ends a path; before all other time where nothing ran. */
    private record Run(Ran ran, Instant time, Set<Part> signature) {

        static final Run NOTHING = new Run(Ran.NOTHING, Instant.MIN);

        private Run(Ran ran, Instant time) {
            this(ran, time, Set.of());
        }
    }

    /** What became of a write. */
    private record Followed(List<Linked> links, List<Run> runs, List<Evidence> code) {}

    /** The parts of the decision; all but the first and the last have their points from the list of weights. */
    private enum Part {
        DOMAIN_SCORE("the score of the place"),
        NEW_PLACE("the place was first seen within 7 days, or is a bare address that is new here"),
        NEW_PLACE_LEARNING("the place is new here, but this installation still learns what is ordinary"),
        FIRST_PROGRAM("a place known here hands out a program for the first time, and the program ran"),
        KNOWN_PLACE("the place has been known here for 7 days or longer"),
        RISKY_FILE("the file can run or carry code, or has a deceptive name"),
        HARMLESS_FILE("the file can't run code, or the download is not finished"),
        OTHER_FILE("the kind of the file says nothing"),
        COMMAND_NAMES_PLACE("what ran names the place on its command line, in its path or as its origin"),
        MARK_MISSING("the file lacks the mark that a download gets"),
        CLICK_SAME_PLACE("the clicked link leads to the same place"),
        CLICK_TIME_ONLY("nothing but time, user or host ties the click"),
        FILE_FROM_PLACE("the file names the place as its origin, or its name is in the URL"),
        FILE_SAME_APPLICATION("the application that connected wrote the file"),
        NO_ARTIFACT("neither click nor file names the place"),
        OTHER_ORIGIN("the file may be from a trusted place that hands out programs, connected to just then"),
        CODE_RAN("the file ran, something in it, or the command that names the place"),
        BAD_SIGNATURE("what ran is not signed, or its signature is revoked or not valid"),
        KNOWN_PUBLISHER("a known publisher signed what ran"),
        SYSTEM_TOOL_RAN("a system tool ran below the application"),
        PREPARED("the file was made ready to run"),
        CALLED_NEW_PLACE("what ran connected to a place that is new here"),
        CALLED_OTHER_NEW_PLACE("what ran connected to a new place that is not the one that it came from"),
        FORM_SENT("a form was sent to the place after the click"),
        FALSE_SIGN_IN_PAGE("the place imitates a known name and asks to sign in"),
        HIGH_RISK_SIGN_IN("a sign-in of the account followed that its identity provider calls a high risk"),
        MEDIUM_RISK_SIGN_IN("a sign-in of the account followed that its identity provider calls a medium risk"),
        CLICK_MISSING("no click was seen"),
        EGRESS_MISSING("no connection was seen"),
        WEAK_CLICK("the click is inferred"),
        STRONG_PLACE("the place alone is strong enough");

        private final int points;
        private final String meaning;

        Part(String meaning) {
            this.points = WEIGHTS.lines()
                    .filter(line -> line.startsWith(name().toLowerCase(Locale.ROOT) + ";"))
                    .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(';') + 1)))
                    .sum();
            this.meaning = meaning;
        }
    }

    private static String weights() {
        var list = "/io/clicktrail/correlator/decision/chain-weights-2026-11.csv";
        try (var in = ReferenceMatcher.class.getResourceAsStream(list)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String weightsVersion() {
        return WEIGHTS.lines()
                .filter(line -> line.startsWith("# version: "))
                .map(line -> line.substring("# version: ".length()))
                .findFirst()
                .orElseThrow();
    }

    /** One path's parts, and when its last event happened. */
    private record Path(int domain, Set<Part> parts, Instant time, boolean strong) {

        Path with(Part part) {
            var more = EnumSet.of(part);
            more.addAll(parts);
            return new Path(domain, more, time, strong);
        }

        int sum() {
            return domain + parts.stream().mapToInt(part -> part.points).sum();
        }

        int lift() {
            return strong ? Math.max(0, THRESHOLD - sum()) : 0;
        }

        int score() {
            return Math.max(0, Math.min(100, sum() + lift()));
        }

        /** Of equal sums the one with a part that the other lacks, the last such part first; then the domain's. */
        private List<Integer> order() {
            var order = new ArrayList<Integer>(List.of(sum(), lift() > 0 ? 1 : 0));
            for (int i = Part.values().length - 1; i >= 0; i--) {
                order.add(parts.contains(Part.values()[i]) ? 1 : 0);
            }
            order.add(domain);
            return order;
        }

        static int compare(Path a, Path b) {
            for (int i = 0; i < a.order().size(); i++) {
                int order = Integer.compare(a.order().get(i), b.order().get(i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        Decision decision() {
            var said = new ArrayList<DecisionPart>();
            for (var part : Part.values()) {
                if (part == Part.DOMAIN_SCORE || part == Part.STRONG_PLACE && lift() > 0 || parts.contains(part)) {
                    int points = part == Part.DOMAIN_SCORE ? domain : part == Part.STRONG_PLACE ? lift() : part.points;
                    said.add(new DecisionPart(part.name().toLowerCase(Locale.ROOT), points, part.meaning));
                }
            }
            return new Decision(score(), THRESHOLD, said, weightsVersion());
        }
    }

    /** Paths that differ in what ran; those that are admitted make all of it a part of the chain. */
    private record Tuple(Set<Placed> members, List<Linked> links, List<Path> admitted) {

        Instant first() {
            return members.stream()
                    .map(Placed::time)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }

        Instant last() {
            return members.stream()
                    .map(Placed::time)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }

        Instant detected() {
            return admitted.stream()
                    .map(Path::time)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static final Comparator<Placed> ORDER =
            Comparator.comparing(Placed::time).thenComparing(Placed::id).thenComparing(Placed::stage);

    private ReferenceMatcher(
            String host,
            Platform platform,
            Duration window,
            Duration followOn,
            Duration skew,
            Map<Stage, Instant> lastSeen,
            List<Evidence> evidence) {
        this.host = host;
        this.platform = platform;
        this.window = window;
        this.followOn = followOn;
        this.skew = skew;
        this.lastSeen = lastSeen;
        var byId = new LinkedHashMap<String, Evidence>();
        evidence.forEach(each -> byId.merge(each.getEvent().getEventId(), each, ReferenceMatcher::joined));
        byId.values().removeIf(Evidence::getWithdrawn);
        this.evidence = List.copyOf(byId.values());
        this.starts = this.evidence.stream()
                .filter(ReferenceMatcher::isStart)
                .map(each -> new Start(process(each), parentsOf(each.getEvent().getProcess()), time(each)))
                .toList();
    }

    /** All that was said of one event: the highest score, every role, of what knows its process best. */
    private static Evidence joined(Evidence a, Evidence b) {
        if (a.getProcessOrder() != b.getProcessOrder()) {
            return a.getProcessOrder() > b.getProcessOrder() ? a : b;
        }
        var roles = EnumSet.copyOf(a.getRoles());
        roles.addAll(b.getRoles());
        return Evidence.newBuilder(score(b) > score(a) ? b : a)
                .setRoles(List.copyOf(roles))
                .build();
    }

    /** The final detections of a host, by id, from evidence in order of first delivery. */
    public static Map<String, Detection> detections(
            String host,
            Platform platform,
            Duration window,
            Duration followOn,
            Duration skew,
            Map<Stage, Instant> lastSeen,
            List<Evidence> evidence) {
        return new ReferenceMatcher(host, platform, window, followOn, skew, lastSeen, evidence).all();
    }

    private Map<String, Detection> all() {
        findComplete();
        findWithoutClick();
        findWithoutWrite();
        findWithoutEgress();
        findOnlyFileAndRun();
        findRunsAfterClick();
        findCredentials();
        findCallsAfterClick();
        var detections = new TreeMap<String, Detection>();
        tuples.forEach((tenant, found) -> {
            found.sort(Comparator.comparing(Tuple::first));
            var episode = new ArrayList<Tuple>();
            int number = 0;
            Instant last = Instant.MIN;
            for (var tuple : found) {
                if (!episode.isEmpty() && tuple.first().isAfter(last.plus(DAY))) {
                    put(detections, tenant, ++number, episode);
                    episode.clear();
                    last = Instant.MIN;
                }
                episode.add(tuple);
                last = max(last, tuple.last());
                for (var late : lateRuns(tuple.members())) {
                    last = max(last, late.to().time());
                }
            }
            put(detections, tenant, ++number, episode);
        });
        return detections;
    }

    /** What ran of the files after the follow-on time, within 22 hours, and, without a grade, what ran below that. */
    private List<Linked> lateRuns(Set<Placed> members) {
        var links = new ArrayList<Linked>();
        for (var member : members) {
            var w = member.evidence();
            for (var x : member.stage() == Stage.WRITE ? with(Role.EXECUTION) : List.<Evidence>of()) {
                boolean late =
                        time(x).isAfter(time(w).plus(followOn)) && !time(x).isAfter(time(w).plus(Duration.ofHours(22)));
                if (!late || isPrepared(x) || otherUser(w, x) || !runsSameFile(w, x)) {
                    continue;
                }
                var grades = EnumSet.of(LinkGrade.ARTIFACT);
                links.add(linked(
                        Stage.WRITE, w, Stage.EXECUTION, x, viaLease(w) || viaLease(x) ? weakened(grades) : grades));
                for (var y : with(Role.EXECUTION)) {
                    if (inFollowOn(x, y) && isBelow(actor(y), actor(x), time(x), time(y))) {
                        links.add(unlinked(Stage.EXECUTION, y));
                    }
                }
            }
        }
        return links;
    }

    private boolean runsSameFile(Evidence w, Evidence x) {
        return paths(w).contains(image(x))
                || commandLine(x).stream().anyMatch(each -> paths(w).contains(each))
                || same(hash(w), imageHash(x));
    }

    private void put(Map<String, Detection> detections, String tenant, int number, List<Tuple> episode) {
        var detection = detection(tenant, number, episode);
        detections.put(detection.getDetectionId(), detection);
    }

    private List<Evidence> with(Role role) {
        return roles.computeIfAbsent(
                role,
                same -> evidence.stream()
                        .filter(each -> each.getRoles().contains(same))
                        .toList());
    }

    // The shapes of a chain.

    private void findComplete() {
        for (var e : with(Role.EGRESS)) {
            var writes = new IdentityHashMap<Evidence, Set<LinkGrade>>();
            with(Role.WRITE).forEach(w -> writes.put(w, egressWrite(e, w)));
            for (var c : with(Role.CLICK)) {
                var ce = clickEgress(c, e);
                for (var w : ce.isEmpty() ? List.<Evidence>of() : with(Role.WRITE)) {
                    var ew = Objects.requireNonNull(writes.get(w));
                    if (ew.isEmpty()
                            || time(w).isAfter(time(c).plus(window))
                            || otherUser(c, w)
                            || isOtherActor(c, e, ew, w)) {
                        continue;
                    }
                    var admitted = new ArrayList<Path>();
                    for (var run : runs(c, e, w)) {
                        boolean strong = score(e) >= BAD;
                        var path = path(tenant(e), c, ce, e, w, ew, run, strong);
                        offer(path, counts(path, run), admitted);
                    }
                    add(tenant(e), admitted, chain(c, ce, e, ew, w));
                }
            }
        }
    }

    /** An actor that is known, and has nothing to do with the click, where the egress could be anybody's. */
    private boolean isOtherActor(Evidence c, Evidence e, Set<LinkGrade> ew, Evidence w) {
        boolean named = ew.contains(LinkGrade.ARTIFACT) || comesFrom(w, tenant(c)) || namesFile(c, w);
        boolean actorClicked = clickProcess(c) != null || clickApplication(c) != null;
        boolean shared = startedByClick(c, w) || same(clickApplication(c), application(w));
        if (isTemporaryOfNobody(w) && !named) {
            return true;
        }
        return !isByKnownActor(e)
                && isByKnownActor(w)
                && (actorClicked || w.getProcess() != null && !SAVES_DOWNLOADS.contains(applicationKind(w)))
                && !named
                && !shared;
    }

    private static boolean isTemporaryOfNobody(Evidence w) {
        return w.getProcess() == null
                && w.getFile() != null
                && "temp".equals(w.getFile().getPathRule());
    }

    private static boolean isByKnownActor(Evidence evidence) {
        return process(evidence) != null || application(evidence) != null;
    }

    private void findWithoutClick() {
        for (var e : with(Role.EGRESS)) {
            for (var w : with(Role.WRITE)) {
                var ew = egressWrite(e, w);
                if (ew.isEmpty() || time(w).isAfter(time(e).plus(window))) {
                    continue;
                }
                boolean named = ew.contains(LinkGrade.ARTIFACT);
                boolean byFile = named || isActor(ew) && lacksMark(w);
                var admitted = new ArrayList<Path>();
                for (var run : runs(null, e, w)) {
                    boolean strong = score(e) >= STRONG && (byFile || run.ran() != Ran.NOTHING);
                    var path = path(tenant(e), null, Set.of(), e, w, ew, run, strong);
                    offer(path, named && isRun(run) && counts(path, run), admitted);
                }
                var links = new ArrayList<>(chain(null, null, e, ew, w));
                if (!named && isNew(e) && isRisky(w) && isSavedSoon(e, w)) {
                    int before = admitted.size();
                    var calls = callsElsewhere(e, w);
                    for (var call : calls) {
                        var run = call.run();
                        offer(path(tenant(e), null, Set.of(), e, w, ew, run, score(e) >= STRONG), true, admitted);
                    }
                    if (admitted.size() > before) {
                        calls.forEach(call -> links.add(unlinked(Stage.EGRESS, call.connection())));
                    }
                }
                add(tenant(e), admitted, links);
            }
        }
    }

    /** Within two minutes, and not by a program that is known and that nobody saves downloads with. */
    private static boolean isSavedSoon(Evidence e, Evidence w) {
        return !isAddressAlone(e)
                && !time(w).isBefore(time(e).minus(CLOSE))
                && !time(w).isAfter(time(e).plus(Duration.ofMinutes(2)))
                && (w.getProcess() == null ? !isTemporaryOfNobody(w) : SAVES_DOWNLOADS.contains(applicationKind(w)));
    }

    /** A trusted place that hands out programs was connected to since, in the two minutes before the write. */
    private boolean mayBeFromElsewhere(@Nullable Evidence c, @Nullable Evidence e, Evidence w) {
        var origin = e == null ? c : e;
        return origin != null
                && tenant(w) == null
                && referrer(w) == null
                && with(Role.EGRESS).stream()
                        .filter(ReferenceMatcher::isDistributor)
                        .anyMatch(other -> !time(other).isBefore(time(origin).minus(CLOSE))
                                && !time(other).isBefore(time(w).minus(Duration.ofMinutes(2)))
                                && !time(other).isAfter(time(w).plus(CLOSE))
                                && (other.getDomain().getVendor() == null
                                        || same(
                                                other.getDomain().getVendor(),
                                                w.getFile() == null
                                                        ? null
                                                        : w.getFile().getVendor()))
                                && !otherUser(other, w)
                                && (application(other) == null
                                        || application(w) == null
                                        || same(application(other), application(w))));
    }

    private static boolean isDistributor(Evidence e) {
        return e.getDomain() != null && e.getDomain().getDistributor();
    }

    private static boolean isAddressAlone(Evidence e) {
        var domain = e.getDomain();
        return domain != null
                && domain.getSuffixKind() == SuffixKind.ADDRESS
                && domain.getUrl() == null
                && e.getEvent().getUrl() == null;
    }

    /** Code of the write that then connected to a new place other than that of the egress. */
    private List<Call> callsElsewhere(Evidence e, Evidence w) {
        return calls(w, Ran.CODE_THAT_CALLED_ELSEWHERE, true, other -> !same(tenant(e), tenant(other)));
    }

    private record Call(Evidence connection, Run run) {}

    /** @param byAnybody whether a connection counts that is just after the start, and that may be anybody's */
    private List<Call> calls(Evidence w, Ran ran, boolean byAnybody, Predicate<Evidence> where) {
        var calls = new ArrayList<Call>();
        for (var x : followed(w).code()) {
            for (var other : with(Role.EGRESS)) {
                boolean sure = process(other) != null
                        && inFollowOn(x, other)
                        && (same(actor(x), process(other)) || isBelow(process(other), actor(x), time(x), time(other)));
                boolean possible = byAnybody
                        && !isByKnownActor(other)
                        && !time(other).isBefore(time(x).minus(CLOSE))
                        && !time(other).isAfter(time(x).plus(Duration.ofSeconds(30)))
                        && !otherUser(x, other);
                boolean there = isNew(other) && !isAddressAlone(other) && where.test(other);
                if (there && inFollowOn(w, other) && (sure || possible)) {
                    calls.add(new Call(other, new Run(ran, max(time(x), time(other)), signature(x))));
                }
            }
        }
        return calls;
    }

    private static boolean isRun(Run run) {
        return run.ran() != Ran.NOTHING && run.ran() != Ran.PREPARED;
    }

    private void findWithoutWrite() {
        for (var c : with(Role.CLICK)) {
            for (var e : with(Role.EGRESS)) {
                var ce = clickEgress(c, e);
                if (score(e) < STRONG || ce.isEmpty()) {
                    continue;
                }
                var links = new ArrayList<Linked>();
                links.add(linked(Stage.CLICK, c, Stage.EGRESS, e, ce));
                var admitted = new ArrayList<Path>();
                if (score(e) >= BAD) {
                    offer(path(tenant(e), c, ce, e, null, Set.of(), Run.NOTHING, true), false, admitted);
                }
                for (var x : with(Role.EXECUTION)) {
                    if (!isAfterClick(c, x)) {
                        continue;
                    }
                    var cx = below(c, clickProcess(c), x, time(c).minus(skew));
                    var ex = below(e, process(e), x, min(time(e), time(x)).minus(window));
                    if (!cx.isEmpty()) {
                        links.add(linked(Stage.CLICK, c, Stage.EXECUTION, x, cx));
                    }
                    if (!ex.isEmpty()) {
                        links.add(linked(Stage.EGRESS, e, Stage.EXECUTION, x, ex));
                    }
                    if (!(cx.isEmpty() && ex.isEmpty())) {
                        var run = new Run(Ran.TOOL, time(x));
                        offer(path(tenant(e), c, ce, e, null, Set.of(), run, true), false, admitted);
                    }
                }
                add(tenant(e), admitted, links);
            }
        }
    }

    private boolean isAfterClick(Evidence c, Evidence x) {
        return !time(x).isBefore(time(c))
                && !time(x).isAfter(time(c).plus(window).plus(followOn));
    }

    private void findWithoutEgress() {
        for (var c : with(Role.CLICK)) {
            for (var w : with(Role.WRITE)) {
                var cw = clickWrite(c, w);
                if (cw.isEmpty()) {
                    continue;
                }
                var links = new ArrayList<Linked>();
                links.add(linked(Stage.CLICK, c, Stage.WRITE, w, cw));
                links.addAll(executions(c, null, w));
                if (tenant(w) != null && isUntrusted(w)) {
                    addWithoutEgress(tenant(w), c, cw, w, score(w) >= STRONG, links);
                }
                boolean strong = score(c) >= STRONG && lacksMark(w);
                boolean tied = tenant(w) == null || cw.contains(LinkGrade.ARTIFACT) || strong;
                if (tenant(c) != null && !same(tenant(c), tenant(w)) && isUntrusted(c) && tied) {
                    addWithoutEgress(tenant(c), c, cw, w, strong, links);
                }
            }
        }
    }

    private void addWithoutEgress(
            @Nullable String tenant, Evidence c, Set<LinkGrade> cw, Evidence w, boolean strong, List<Linked> links) {
        var admitted = new ArrayList<Path>();
        for (var run : runs(c, null, w)) {
            var path = path(tenant, c, cw, null, w, Set.of(), run, strong);
            offer(path, counts(path, run), admitted);
        }
        add(tenant, admitted, links);
    }

    private void findOnlyFileAndRun() {
        for (var w : with(Role.WRITE)) {
            if (tenant(w) == null || !isUntrusted(w)) {
                continue;
            }
            var admitted = new ArrayList<Path>();
            for (var run : runs(null, null, w)) {
                var path = path(tenant(w), null, Set.of(), null, w, Set.of(), run, false);
                offer(path, isRun(run) && counts(path, run), admitted);
            }
            var links = new ArrayList<Linked>();
            links.add(unlinked(Stage.WRITE, w));
            links.addAll(executions(null, null, w));
            add(tenant(w), admitted, links);
        }
    }

    /** A command that names a place, and the run of a file that a URL names, after a click. */
    private void findRunsAfterClick() {
        for (var c : with(Role.CLICK)) {
            for (var x : with(Role.EXECUTION)) {
                if (isPrepared(x)) {
                    continue;
                }
                var cx = clickCommand(c, x);
                if (!cx.isEmpty() && isUntrusted(x)) {
                    addRuns(tenant(x), c, cx, x);
                }
                if (tenant(c) != null && isUntrusted(c) && runsNamed(c, x)) {
                    addRuns(tenant(c), c, EnumSet.of(LinkGrade.ARTIFACT), x);
                }
                for (var e : with(Role.EGRESS)) {
                    var ce = clickEgress(c, e);
                    if (!ce.isEmpty() && runsNamed(e, x) && isAfterClick(c, x) && !otherUser(c, x)) {
                        addRun(tenant(e), c, ce, e, linked(Stage.EGRESS, e, Stage.EXECUTION, x, artifact()), x);
                    }
                }
            }
        }
    }

    private void addRuns(@Nullable String tenant, Evidence c, Set<LinkGrade> cx, Evidence x) {
        var ran = linked(Stage.CLICK, c, Stage.EXECUTION, x, cx);
        addRun(tenant, c, cx, null, ran, x);
        for (var e : with(Role.EGRESS)) {
            var ce = clickEgress(c, e);
            if (same(tenant, tenant(e)) && !ce.isEmpty() && !otherUser(e, x)) {
                addRun(tenant, c, ce, e, ran, x);
            }
        }
    }

    private void addRun(
            @Nullable String tenant, Evidence c, Set<LinkGrade> grades, @Nullable Evidence e, Linked ran, Evidence x) {
        var path = pathOfRun(tenant, c, grades, e, x);
        var admitted = new ArrayList<Path>();
        offer(path, true, admitted);
        var links = new ArrayList<Linked>();
        if (e != null) {
            links.add(linked(Stage.CLICK, c, Stage.EGRESS, e, grades));
        }
        links.add(ran);
        for (var y : with(Role.EXECUTION)) {
            if (isAfterClick(c, y) && inFollowOn(x, y) && isBelow(actor(y), actor(x), time(x), time(y))) {
                links.add(unlinked(Stage.EXECUTION, y));
            }
        }
        add(tenant, admitted, links);
    }

    /** Forms that were sent to a deceptive place, and risky sign-ins, after a click. */
    private void findCredentials() {
        for (var c : with(Role.CLICK)) {
            if (isUntrusted(c)) {
                addCredentials(c, artifact(), null, unlinked(Stage.CLICK, c));
            }
            for (var e : with(Role.EGRESS)) {
                var ce = clickEgress(c, e);
                if (!ce.isEmpty() && isUntrusted(e)) {
                    addCredentials(c, ce, e, linked(Stage.CLICK, c, Stage.EGRESS, e, ce));
                }
            }
        }
    }

    private void addCredentials(Evidence c, Set<LinkGrade> grades, @Nullable Evidence e, Linked link) {
        var tenant = tenant(e == null ? c : e);
        if (e != null && isAddressAlone(e) && !same(tenant, tenant(c))) {
            return;
        }
        var admitted = new ArrayList<Path>();
        var path = withForm(path(tenant, c, grades, e, null, Set.of(), Run.NOTHING, false), tenant, c, e);
        boolean isDeceptive = path.parts().contains(Part.FALSE_SIGN_IN_PAGE) || e != null && score(e) >= STRONG;
        offer(path, path.parts().contains(Part.FORM_SENT) && isDeceptive, admitted);
        for (var s : with(Role.SIGN_IN)) {
            boolean isInTime = !time(s).isBefore(time(c).minus(skew)) && !time(s).isAfter(time(c).plus(followOn));
            boolean isTied = !path.parts().contains(Part.CLICK_TIME_ONLY);
            if (isInTime && isTied && !otherUser(c, s) && mayTakeCredentials(path, grades) && !isOwn(s, tenant)) {
                var parts = EnumSet.copyOf(path.parts());
                boolean isHigh = "high".equals(s.getEvent().getLogon().getRisk());
                parts.add(isHigh ? Part.HIGH_RISK_SIGN_IN : Part.MEDIUM_RISK_SIGN_IN);
                offer(new Path(path.domain(), parts, max(path.time(), time(s)), false), true, admitted);
            }
        }
        add(tenant, admitted, List.of(link));
    }

    private static boolean mayTakeCredentials(Path path, Set<LinkGrade> grades) {
        boolean isStillLearnt = path.parts().contains(Part.NEW_PLACE_LEARNING) && path.domain() < SUSPICIOUS;
        return path.domain() >= STRONG
                || path.parts().contains(Part.FORM_SENT)
                || path.parts().contains(Part.FALSE_SIGN_IN_PAGE)
                || grades.contains(LinkGrade.ARTIFACT) && !isStillLearnt;
    }

    /** The tests know one organisation and one service. */
    private static boolean isOwn(Evidence signIn, @Nullable String tenant) {
        return signIn.getUser() != null
                && signIn.getUser().endsWith("@orchard.example")
                && Set.of("orchard.sharepoint.com", "orchard-my.sharepoint.com").contains(String.valueOf(tenant));
    }

    private static Path withForm(Path path, @Nullable String tenant, Evidence c, @Nullable Evidence e) {
        var parts = EnumSet.noneOf(Part.class);
        parts.addAll(path.parts());
        if (e != null
                && e.getEvent().getKind() == EventKind.HTTP_REQUEST
                && e.getEvent().getHttp() != null
                && "POST".equals(e.getEvent().getHttp().getMethod())) {
            parts.add(Part.FORM_SENT);
        }
        var there = membersOf(tenant, c, e);
        boolean imitates = there.stream()
                .map(Evidence::getDomain)
                .anyMatch(domain -> !isOrdinary(domain)
                        && domain.getParts().stream()
                                .anyMatch(part -> part.getName().equals("combosquat")));
        boolean asksToSignIn = there.stream()
                .map(Evidence::getDomain)
                .map(domain -> domain.getTargetUrl() == null ? domain.getUrl() : domain.getTargetUrl())
                .anyMatch(url -> url != null && url.contains("/Login/"));
        if (imitates && asksToSignIn) {
            parts.add(Part.FALSE_SIGN_IN_PAGE);
        }
        return new Path(path.domain(), parts, path.time(), path.strong());
    }

    private static Set<LinkGrade> artifact() {
        return EnumSet.of(LinkGrade.ARTIFACT);
    }

    /** A click on a known place, a program saved after it, and what ran of it calls a new place. */
    private void findCallsAfterClick() {
        for (var c : with(Role.CLICK)) {
            for (var w : with(Role.WRITE)) {
                var cw = novelty(c) == PlaceNovelty.KNOWN ? clickDownload(c, w) : Set.<LinkGrade>of();
                if (cw.isEmpty()) {
                    continue;
                }
                for (var call :
                        calls(w, Ran.CODE_THAT_CALLED_ELSEWHERE, false, other -> !same(tenant(c), tenant(other)))) {
                    var parts =
                            EnumSet.of(Part.RISKY_FILE, Part.NO_ARTIFACT, Part.CODE_RAN, Part.CALLED_OTHER_NEW_PLACE);
                    var tenant = tenant(call.connection());
                    place(tenant, false, parts, call.connection());
                    clicked(c, cw, parts);
                    if (lacksMark(w)) {
                        parts.add(Part.MARK_MISSING);
                    }
                    var time = max(time(c), time(w), call.run().time());
                    var admitted = new ArrayList<Path>();
                    offer(new Path(domainScore(tenant, call.connection()), parts, time, false), true, admitted);
                    var links = new ArrayList<>(followed(w).links());
                    links.add(linked(Stage.CLICK, c, Stage.WRITE, w, cw));
                    links.add(unlinked(Stage.EGRESS, call.connection()));
                    add(tenant, admitted, links);
                }
            }
        }
    }

    private Set<LinkGrade> clickDownload(Evidence c, Evidence w) {
        boolean saves = w.getProcess() == null ? !isTemporaryOfNobody(w) : SAVES_DOWNLOADS.contains(applicationKind(w));
        if (!isRisky(w)
                || !saves
                || tenant(w) != null
                || referrer(w) != null
                || time(w).isBefore(time(c).minus(skew(c, w)))
                || time(w).isAfter(time(c).plus(window))
                || otherUser(c, w)
                || isMarkedElsewhere(w, null)) {
            return Set.of();
        }
        var grades = EnumSet.noneOf(LinkGrade.class);
        if (startedByClick(c, w)) {
            grades.add(LinkGrade.SAME_PROCESS);
        }
        if (same(clickApplication(c), application(w))) {
            grades.add(LinkGrade.SAME_APPLICATION);
        }
        boolean bothKnown = (clickProcess(c) != null || clickApplication(c) != null)
                && (process(w) != null || application(w) != null);
        return orWeaker(grades, bothKnown, c, w);
    }

    // What a path is worth.

    private static void offer(Path path, boolean counts, List<Path> admitted) {
        if (path.strong() || counts && path.score() >= THRESHOLD) {
            admitted.add(path);
        }
    }

    /** What a place that is known here hands out counts once it ran, and is nobody's that is known. */
    private static boolean counts(Path path, Run run) {
        return !path.parts().contains(Part.KNOWN_PLACE)
                || path.domain() >= STRONG
                || UNKNOWN_CODE.contains(run.ran())
                || run.ran() == Ran.TOOL;
    }

    private Path path(
            @Nullable String tenant,
            @Nullable Evidence c,
            Set<LinkGrade> cGrades,
            @Nullable Evidence e,
            @Nullable Evidence w,
            Set<LinkGrade> wGrades,
            Run run,
            boolean strong) {
        var parts = EnumSet.noneOf(Part.class);
        boolean risky = w != null && isRisky(w);
        boolean isUnknownCode = UNKNOWN_CODE.contains(run.ran());
        place(tenant, risky && isUnknownCode, parts, c, e, w);
        clicked(c, cGrades, parts);
        boolean isOrigin = w != null && same(tenant, tenant(w));
        if (e == null && !isOrigin) {
            parts.add(Part.EGRESS_MISSING);
        }
        if (w != null) {
            if (risky) {
                parts.add(Part.RISKY_FILE);
            } else if (isHarmless(w)) {
                parts.add(Part.HARMLESS_FILE);
            } else if (w.getFile() == null || !w.getFile().getUnnamed()) {
                parts.add(Part.OTHER_FILE);
            }
            if (lacksMark(w)) {
                parts.add(Part.MARK_MISSING);
            }
            boolean clickNames = cGrades.contains(LinkGrade.ARTIFACT);
            if (comesFrom(w, tenant) || wGrades.contains(LinkGrade.ARTIFACT) || e == null && clickNames) {
                parts.add(Part.FILE_FROM_PLACE);
            } else {
                if (domainScore(tenant, c, e, w) < STRONG && mayBeFromElsewhere(c, e, w)) {
                    parts.add(Part.OTHER_ORIGIN);
                }
                if (isActor(wGrades)) {
                    parts.add(Part.FILE_SAME_APPLICATION);
                }
                if (!clickNames) {
                    parts.add(Part.NO_ARTIFACT);
                }
            }
        }
        switch (run.ran()) {
            case NOTHING -> {}
            case CODE, KNOWN_CODE -> parts.add(Part.CODE_RAN);
            case CODE_THAT_CALLED -> parts.addAll(Set.of(Part.CODE_RAN, Part.CALLED_NEW_PLACE));
            case CODE_THAT_CALLED_NAMED -> {
                parts.add(Part.CODE_RAN);
                if (parts.remove(Part.OTHER_ORIGIN)) {
                    parts.add(Part.CALLED_NEW_PLACE);
                }
            }
            case CODE_THAT_CALLED_ELSEWHERE -> {
                parts.addAll(Set.of(Part.CODE_RAN, Part.CALLED_OTHER_NEW_PLACE));
                parts.remove(Part.OTHER_ORIGIN);
            }
            case TOOL -> parts.add(Part.SYSTEM_TOOL_RAN);
            case PREPARED -> parts.add(Part.PREPARED);
        }
        parts.addAll(run.signature());
        var last = Stream.of(c, e, w)
                .filter(Objects::nonNull)
                .map(ReferenceMatcher::time)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Path(domainScore(tenant, c, e, w), parts, max(last, run.time()), strong);
    }

    /** A path that ends in what ran by name, without a write. */
    private Path pathOfRun(
            @Nullable String tenant, Evidence c, Set<LinkGrade> grades, @Nullable Evidence e, Evidence x) {
        var parts = EnumSet.of(Part.CODE_RAN);
        parts.addAll(signature(x));
        place(tenant, !isKnownProgram(x), parts, c, e, x);
        clicked(c, grades, parts);
        if (same(tenant, tenant(x))) {
            parts.add(Part.COMMAND_NAMES_PLACE);
        } else {
            parts.add(Part.RISKY_FILE);
            parts.add(Part.FILE_FROM_PLACE);
            if (e == null) {
                parts.add(Part.EGRESS_MISSING);
            }
        }
        var last = e == null ? max(time(c), time(x)) : max(time(c), time(e), time(x));
        int domain = domainScore(tenant, c, e, x);
        return new Path(domain, parts, last, domain >= STRONG);
    }

    private static void place(@Nullable String tenant, boolean ran, Set<Part> parts, @Nullable Evidence... members) {
        var there = membersOf(tenant, members);
        if (there.stream().anyMatch(ReferenceMatcher::isNew)) {
            parts.add(Part.NEW_PLACE);
        } else if (there.stream().anyMatch(each -> novelty(each) == PlaceNovelty.LEARNING)) {
            parts.add(Part.NEW_PLACE_LEARNING);
        } else if (there.stream().anyMatch(each -> novelty(each) == PlaceNovelty.KNOWN)) {
            if (ran && there.stream().anyMatch(ReferenceMatcher::isFirstProgram)) {
                parts.add(Part.FIRST_PROGRAM);
            } else if (domainScore(tenant, members) <= 75) {
                parts.add(Part.KNOWN_PLACE);
            }
        }
    }

    private static List<Evidence> membersOf(@Nullable String tenant, @Nullable Evidence... members) {
        return Stream.of(members)
                .filter(Objects::nonNull)
                .filter(each -> same(tenant, tenant(each)))
                .toList();
    }

    private static int domainScore(@Nullable String tenant, @Nullable Evidence... members) {
        return membersOf(tenant, members).stream()
                .mapToInt(ReferenceMatcher::score)
                .max()
                .orElse(0);
    }

    private static boolean isNew(Evidence evidence) {
        var domain = evidence.getDomain();
        return novelty(evidence) == PlaceNovelty.NEW
                || novelty(evidence) == PlaceNovelty.NOT_ASKED
                        && domain != null
                        && domain.getSuffixKind() == SuffixKind.ADDRESS;
    }

    /** What is allowed, popular or internal is as good as known. */
    private static @Nullable PlaceNovelty novelty(Evidence evidence) {
        var domain = evidence.getDomain();
        return domain == null ? null : isOrdinary(domain) ? PlaceNovelty.KNOWN : domain.getNovelty();
    }

    private static boolean isOrdinary(DomainRisk domain) {
        return domain.getInternal()
                || domain.getAllowList() != null
                || !domain.getSharedHosting()
                        && domain.getParts().stream()
                                .anyMatch(part -> part.getName().equals("popular"));
    }

    private static boolean isFirstProgram(Evidence evidence) {
        var domain = evidence.getDomain();
        return domain != null && domain.getFirstProgram() && !isOrdinary(domain);
    }

    /** A place that is known and hands out nothing new is trusted, unless its score is strong. */
    private static boolean isUntrusted(Evidence evidence) {
        return novelty(evidence) != PlaceNovelty.KNOWN || isFirstProgram(evidence) || score(evidence) >= STRONG;
    }

    private static void clicked(@Nullable Evidence c, Set<LinkGrade> grades, Set<Part> parts) {
        if (c == null) {
            parts.add(Part.CLICK_MISSING);
            return;
        }
        if (c.getWeakClick()) {
            parts.add(Part.WEAK_CLICK);
        }
        if (grades.contains(LinkGrade.ARTIFACT)) {
            parts.add(Part.CLICK_SAME_PLACE);
        } else if (!isActor(grades)) {
            parts.add(Part.CLICK_TIME_ONLY);
        }
    }

    private static boolean isActor(Set<LinkGrade> grades) {
        return grades.contains(LinkGrade.SAME_PROCESS) || grades.contains(LinkGrade.SAME_APPLICATION);
    }

    private static boolean isRisky(Evidence w) {
        return w.getFile() != null
                && (w.getFile().getDanger() == FileDanger.RISKY || w.getFile().getDeceptiveName());
    }

    private static boolean isHarmless(Evidence w) {
        return w.getFile() != null
                && (w.getFile().getDanger() == FileDanger.HARMLESS
                        || w.getFile().getTemporaryName()
                                && w.getFile().getFinalName() == null
                                && !w.getFile().getUnnamed());
    }

    /** Whether a known publisher signed what ran, or an archive tool only opened a file. */
    private static boolean isKnownProgram(Evidence x) {
        return x.getProcess() != null
                && (x.getProcess().getPublisher() != null || applicationKind(x) == ApplicationKind.ARCHIVER);
    }

    /** The part that the signature of a started program is. */
    private static Set<Part> signature(Evidence x) {
        if (x.getProcess() != null && x.getProcess().getPublisher() != null) {
            return Set.of(Part.KNOWN_PUBLISHER);
        }
        var process = x.getEvent().getProcess();
        boolean isBad = !isKnownProgram(x)
                && x.getEvent().getKind() == EventKind.PROCESS_START
                && process != null
                && process.getCodeSignature() != null
                && Set.of(SignatureStatus.UNSIGNED, SignatureStatus.INVALID, SignatureStatus.REVOKED)
                        .contains(process.getCodeSignature().getStatus());
        return isBad ? Set.of(Part.BAD_SIGNATURE) : Set.of();
    }

    private static boolean isPrepared(Evidence x) {
        return x.getPreparation() != FilePreparation.NONE;
    }

    private List<Linked> chain(
            @Nullable Evidence c, @Nullable Set<LinkGrade> ce, Evidence e, Set<LinkGrade> ew, Evidence w) {
        var links = new ArrayList<Linked>();
        if (c != null && ce != null) {
            links.add(linked(Stage.CLICK, c, Stage.EGRESS, e, ce));
        }
        links.add(linked(Stage.EGRESS, e, Stage.WRITE, w, ew));
        links.addAll(executions(c, e, w));
        return links;
    }

    /** Each execution with which a path can end, and none. */
    private List<Run> runs(@Nullable Evidence c, @Nullable Evidence e, Evidence w) {
        var runs = new ArrayList<>(followed(w).runs());
        runs.add(Run.NOTHING);
        calls(w, Ran.CODE_THAT_CALLED_NAMED, true, anywhere -> true).forEach(call -> runs.add(call.run()));
        toolsBelow(c, e, w)
                .forEach(linked -> runs.add(new Run(Ran.TOOL, linked.to().time())));
        return runs;
    }

    private List<Linked> executions(@Nullable Evidence c, @Nullable Evidence e, Evidence w) {
        var links = new ArrayList<>(followed(w).links());
        links.addAll(toolsBelow(c, e, w));
        return links;
    }

    private Followed followed(Evidence w) {
        return followOns.computeIfAbsent(w, this::followOn);
    }

    private List<Linked> toolsBelow(@Nullable Evidence c, @Nullable Evidence e, Evidence w) {
        var links = new ArrayList<Linked>();
        for (var x : with(Role.EXECUTION)) {
            if (!inFollowOn(w, x)) {
                continue;
            }
            if (c != null) {
                var cx = below(c, clickProcess(c), x, time(c).minus(skew));
                if (!cx.isEmpty()) {
                    links.add(linked(Stage.CLICK, c, Stage.EXECUTION, x, cx));
                }
            }
            if (e != null) {
                var ex = below(e, process(e), x, min(time(e), time(x)).minus(window));
                if (!ex.isEmpty()) {
                    links.add(linked(Stage.EGRESS, e, Stage.EXECUTION, x, ex));
                }
            }
        }
        return links;
    }

    /** What ran of the file and of the files made of it, up to four generations, and, without a grade, the rest. */
    private Followed followOn(Evidence root) {
        var links = new ArrayList<Linked>();
        var runs = new ArrayList<Run>();
        var code = new ArrayList<Evidence>();
        var known = Collections.<Evidence>newSetFromMap(new IdentityHashMap<>());
        known.add(root);
        var generation = new ArrayList<Evidence>(List.of(root));
        for (int i = 0; i <= 4; i++) {
            var next = new ArrayList<Evidence>();
            for (var w : generation) {
                var makers = new ArrayList<Evidence>();
                for (var x : with(Role.EXECUTION)) {
                    var wx = writeExecution(w, x, w == root);
                    if (!wx.isEmpty() && inFollowOn(root, x)) {
                        links.add(linked(Stage.WRITE, w, Stage.EXECUTION, x, wx));
                        var ran = isPrepared(x)
                                ? Ran.PREPARED
                                : contentRuns(w, x).isEmpty()
                                        ? Ran.TOOL
                                        : isKnownProgram(x) ? Ran.KNOWN_CODE : Ran.CODE;
                        boolean isCode = ran == Ran.CODE || ran == Ran.KNOWN_CODE;
                        runs.add(new Run(ran, time(x), isCode ? signature(x) : Set.of()));
                        if (ran == Ran.CODE) {
                            code.add(x);
                            with(Role.EGRESS).stream()
                                    .filter(e -> isNew(e) && inFollowOn(root, e) && inFollowOn(x, e))
                                    .filter(e -> process(e) != null
                                            && (same(actor(x), process(e))
                                                    || isBelow(process(e), actor(x), time(x), time(e))))
                                    .forEach(e -> {
                                        runs.add(new Run(Ran.CODE_THAT_CALLED, time(e), signature(x)));
                                        links.add(unlinked(Stage.EGRESS, e));
                                    });
                        }
                        makers.add(x);
                        for (var y : with(Role.EXECUTION)) {
                            if (inFollowOn(root, y)
                                    && inFollowOn(x, y)
                                    && isBelow(actor(y), actor(x), time(x), time(y))) {
                                links.add(unlinked(Stage.EXECUTION, y));
                            }
                        }
                    }
                }
                for (var v : with(Role.WRITE)) {
                    boolean made = makers.stream()
                            .anyMatch(x -> inFollowOn(x, v)
                                    && (same(actor(x), process(v)) || isBelow(process(v), actor(x), time(x), time(v))));
                    boolean renamed = source(v) != null
                            && renamedPaths(w).contains(source(v))
                            && inFollowOn(w, v)
                            && !otherUser(w, v);
                    if (i < 4 && (made || renamed) && inFollowOn(root, v) && known.add(v)) {
                        links.add(unlinked(Stage.WRITE, v));
                        next.add(v);
                    }
                }
            }
            generation = next;
        }
        return new Followed(links, runs, code);
    }

    private boolean inFollowOn(Evidence before, Evidence after) {
        return !time(after).isBefore(time(before))
                && !time(after).isAfter(time(before).plus(followOn));
    }

    private boolean lacksMark(Evidence w) {
        return with(Role.WRITE).stream()
                .anyMatch(mark -> mark.getEvent().getFile() != null
                        && mark.getEvent().getFile().getMark() == MarkAction.MISSING
                        && isNear(mark, w)
                        && isSameFile(mark, w));
    }

    private boolean isNear(Evidence mark, Evidence w) {
        return Duration.between(time(mark), time(w)).abs().compareTo(shorter()) <= 0;
    }

    private void add(@Nullable String tenant, List<Path> admitted, List<Linked> links) {
        if (tenant == null || admitted.isEmpty()) {
            return;
        }
        var members = new LinkedHashSet<Placed>();
        links.forEach(linked -> {
            members.add(linked.from());
            members.add(linked.to());
        });
        tuples.computeIfAbsent(tenant, none -> new ArrayList<>()).add(new Tuple(members, links, admitted));
    }

    /** A member that no link of the detection speaks of. */
    private static Linked unlinked(Stage stage, Evidence evidence) {
        var placed = new Placed(stage, evidence);
        return new Linked(placed, placed, LinkGrade.SAME_HOST);
    }

    private static Linked linked(Stage from, Evidence a, Stage to, Evidence b, Set<LinkGrade> grades) {
        return new Linked(
                new Placed(from, a), new Placed(to, b), grades.iterator().next());
    }

    // The pairwise links.

    private Set<LinkGrade> clickEgress(Evidence c, Evidence e) {
        if (isDistributor(e)
                || time(e).isBefore(time(c).minus(skew(c, e)))
                || time(e).isAfter(time(c).plus(window))
                || otherUser(c, e)) {
            return Set.of();
        }
        var grades = EnumSet.noneOf(LinkGrade.class);
        if (startedByClick(c, e)) {
            grades.add(LinkGrade.SAME_PROCESS);
        }
        if (same(tenant(c), tenant(e))) {
            grades.add(LinkGrade.ARTIFACT);
        }
        if (same(clickApplication(c), application(e))) {
            grades.add(LinkGrade.SAME_APPLICATION);
        }
        boolean bothKnown = (clickProcess(c) != null || clickApplication(c) != null)
                && (process(e) != null || application(e) != null);
        return orWeaker(grades, bothKnown, c, e);
    }

    private Set<LinkGrade> egressWrite(Evidence e, Evidence w) {
        if (isDistributor(e)
                || time(w).isBefore(time(e).minus(skew(e, w)))
                || time(w).isAfter(time(e).plus(skew(e, w)).plus(window))
                || otherUser(e, w)) {
            return Set.of();
        }
        boolean named = comesFrom(w, tenant(e));
        if (tenant(w) != null && !named) {
            return Set.of();
        }
        var grades = EnumSet.noneOf(LinkGrade.class);
        var from = min(time(e), time(w)).minus(window);
        var to = max(time(e), time(w));
        if (same(process(e), process(w))
                || isBelow(process(w), process(e), from, to)
                || isBelow(process(e), process(w), from, to)) {
            grades.add(LinkGrade.SAME_PROCESS);
        }
        boolean marked = with(Role.WRITE).stream()
                .anyMatch(mark -> comesFrom(mark, tenant(e))
                        && mark.getEvent().getFile() != null
                        && isSameFile(mark, w)
                        && isNear(mark, w));
        if (named || marked || namesFile(e, w)) {
            grades.add(LinkGrade.ARTIFACT);
        } else if (isMarkedElsewhere(w, tenant(e))) {
            return Set.of();
        }
        if (same(application(e), application(w))) {
            grades.add(LinkGrade.SAME_APPLICATION);
        }
        boolean bothKnown =
                (process(e) != null || application(e) != null) && (process(w) != null || application(w) != null);
        return orWeaker(grades, bothKnown, e, w);
    }

    /** Between two events of the host's own clock there is hardly any skew. */
    private Duration skew(Evidence a, Evidence b) {
        return a.getHostClock() && b.getHostClock() && SAME_CLOCK.compareTo(skew) < 0 ? SAME_CLOCK : skew;
    }

    /** The name of the file that a clicked or requested URL ends in. */
    private @Nullable String urlName(Evidence evidence) {
        var domain = evidence.getDomain();
        var url = domain == null
                ? null
                : domain.getUrl() == null || domain.getTargetUrl() == null ? domain.getUrl() : domain.getTargetUrl();
        if (url == null) {
            return null;
        }
        var path = url.replaceFirst("[?#].*", "").replaceFirst("^[a-z]+://[^/]*", "");
        var name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 && dot < name.length() - 1 ? folded(name) : null;
    }

    private boolean namesFile(Evidence origin, Evidence w) {
        var name = urlName(origin);
        return name != null && names(w).contains(name);
    }

    private boolean runsNamed(Evidence origin, Evidence x) {
        return runsFileOf(origin, x) && isAfterClick(origin, x) && !otherUser(origin, x);
    }

    private boolean runsFileOf(Evidence origin, Evidence x) {
        var name = urlName(origin);
        return name != null
                && Stream.concat(Stream.of(image(x)), commandLine(x).stream())
                        .map(ReferenceMatcher::nameOf)
                        .anyMatch(name::equals);
    }

    /** Whether a mark of the write says that it is from elsewhere, and none that it is from there. */
    private boolean isMarkedElsewhere(Evidence w, @Nullable String tenant) {
        if (platform == Platform.LINUX) {
            return false;
        }
        var marks = with(Role.WRITE).stream()
                .filter(mark -> mark.getEvent().getFile() != null
                        && (tenant(mark) != null || referrer(mark) != null)
                        && isSameFile(mark, w)
                        && Duration.between(time(mark), time(w)).abs().compareTo(MARK_OF_WRITE) <= 0)
                .toList();
        return !marks.isEmpty() && marks.stream().noneMatch(mark -> comesFrom(mark, tenant));
    }

    /** A command that names the clicked place, or that was pasted and names any. */
    private Set<LinkGrade> clickCommand(Evidence c, Evidence x) {
        boolean pasted = x.getProcess() != null && x.getProcess().getPasted();
        boolean there = same(tenant(c), tenant(x));
        if (tenant(x) == null
                || time(x).isBefore(time(c).minus(skew(c, x)))
                || time(x).isAfter(time(c).plus(window))
                || otherUser(c, x)
                || !there && (!pasted || novelty(x) == PlaceNovelty.KNOWN)) {
            return Set.of();
        }
        return there || runsFileOf(c, x) ? artifact() : weaker(c, x);
    }

    private Duration shorter() {
        return window.compareTo(followOn) < 0 ? window : followOn;
    }

    private Set<LinkGrade> clickWrite(Evidence c, Evidence w) {
        if (time(w).isBefore(time(c).minus(skew(c, w))) || time(w).isAfter(time(c).plus(window)) || otherUser(c, w)) {
            return Set.of();
        }
        var grades = EnumSet.noneOf(LinkGrade.class);
        if (startedByClick(c, w)) {
            grades.add(LinkGrade.SAME_PROCESS);
        }
        if (comesFrom(w, tenant(c)) || namesFile(c, w)) {
            grades.add(LinkGrade.ARTIFACT);
        } else if (isMarkedElsewhere(w, tenant(w) == null ? tenant(c) : tenant(w))) {
            return Set.of();
        }
        if (same(clickApplication(c), application(w))) {
            grades.add(LinkGrade.SAME_APPLICATION);
        }
        if (viaLease(c) || viaLease(w)) {
            grades.retainAll(artifact());
        }
        return grades;
    }

    private Set<LinkGrade> writeExecution(Evidence w, Evidence x, boolean isRoot) {
        if (!inFollowOn(w, x) || otherUser(w, x)) {
            return Set.of();
        }
        var grades = contentRuns(w, x);
        if (isRoot && !below(w, process(w), x, time(w).minus(window)).isEmpty()) {
            grades.add(LinkGrade.SAME_PROCESS);
        }
        return viaLease(w) || viaLease(x) ? weakened(grades) : grades;
    }

    /** Whether the file itself ran, or a member of it. */
    private EnumSet<LinkGrade> contentRuns(Evidence w, Evidence x) {
        var grades = EnumSet.noneOf(LinkGrade.class);
        boolean runsName = commandLine(x).stream().anyMatch(each -> names(w).contains(nameOf(each)));
        if (runsName || runsSameFile(w, x)) {
            grades.add(LinkGrade.ARTIFACT);
        }
        boolean container = w.getFile() != null && w.getFile().getExtensionClass() == ExtensionClass.CONTAINER;
        var risk = x.getProcess();
        boolean fromContainer = risk != null
                && (risk.getFromMountedDrive()
                        || Stream.concat(Stream.of(executable(x)), risk.getUserPaths().stream())
                                .anyMatch(ReferenceMatcher::isUnpackFolder));
        if (container && fromContainer || mayBeUnnamed(w, x)) {
            grades.add(sameAccount(w, x) ? LinkGrade.SAME_USER : LinkGrade.SAME_HOST);
        }
        return grades;
    }

    /** A download whose name never shows, and the run of something in its folder within ten minutes. */
    private boolean mayBeUnnamed(Evidence w, Evidence x) {
        var risk = x.getProcess();
        if (w.getFile() == null || !w.getFile().getUnnamed() || risk == null || platform != Platform.LINUX) {
            return false;
        }
        var ran = risk.getImageUserWritable() && !executable(x).isEmpty()
                ? executable(x)
                : risk.getUserPaths().stream()
                        .filter(path -> risk.getUserPaths().stream().noneMatch(other -> other.startsWith(path + "/")))
                        .findFirst()
                        .orElse("");
        return actor(x) != null
                && !time(x).isAfter(time(w).plus(Duration.ofMinutes(10)))
                && ran.contains("/")
                && folderOf(ran).equals(folderOf(w.getEvent().getFile().getPath()));
    }

    private static String folderOf(String path) {
        return path.substring(0, Math.max(0, startOfName(path) - 1));
    }

    private static boolean isUnpackFolder(String path) {
        return path.toLowerCase(Locale.ROOT).contains("\\temp\\rar$")
                || path.contains("/.cache/.fr-")
                || path.contains("/AppTranslocation/")
                || path.matches(".*/(Downloads|Desktop)/.*\\.app/Contents/.*");
    }

    /** A living-off-the-land binary below the process of a click, an egress or a write. */
    private Set<LinkGrade> below(Evidence origin, @Nullable String ancestor, Evidence x, Instant from) {
        boolean below = x.getProcess() != null
                && x.getProcess().getLolbin()
                && actor(x) != null
                && !otherUser(origin, x)
                && isBelow(process(x), ancestor, from, max(time(origin), time(x)));
        if (!below) {
            return Set.of();
        }
        return viaLease(origin) || viaLease(x) ? EnumSet.of(LinkGrade.VIA_ADDRESS) : EnumSet.of(LinkGrade.SAME_PROCESS);
    }

    private boolean startedByClick(Evidence c, Evidence other) {
        var from = time(c).minus(skew);
        var to = max(time(c), time(other));
        return same(clickProcess(c), process(other))
                || isBelow(process(other), clickProcess(c), from, to)
                || isBelow(process(other), opener(c), from, to);
    }

    private boolean isBelow(@Nullable String process, @Nullable String ancestor, Instant from, Instant to) {
        if (process == null || ancestor == null) {
            return false;
        }
        var generation = Set.of(process);
        for (int i = 0; i < 8 && !generation.isEmpty(); i++) {
            var parents = new HashSet<String>();
            for (var start : starts) {
                if (generation.contains(start.process())
                        && !start.time().isBefore(from)
                        && !start.time().isAfter(to)) {
                    parents.addAll(start.parents());
                }
            }
            if (parents.contains(ancestor)) {
                return true;
            }
            generation = parents;
        }
        return false;
    }

    private static boolean isStart(Evidence each) {
        var started = each.getEvent().getProcess();
        return each.getEvent().getKind() == EventKind.PROCESS_START && started != null && started.getEntityId() != null;
    }

    private static Set<String> parentsOf(io.clicktrail.event.Process started) {
        return Stream.of(
                        Optional.ofNullable(started.getParent()).map(ParentProcess::getEntityId),
                        Optional.ofNullable(started.getResponsible())
                                .map(ParentProcess::getEntityId)
                                .filter(entity -> !entity.equals(started.getEntityId())))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static Set<LinkGrade> orWeaker(EnumSet<LinkGrade> grades, boolean bothKnown, Evidence a, Evidence b) {
        boolean lease = viaLease(a) || viaLease(b);
        if (grades.isEmpty() && !bothKnown) {
            return weaker(a, b);
        }
        return lease ? weakened(grades) : grades;
    }

    private static Set<LinkGrade> weaker(Evidence a, Evidence b) {
        if (viaLease(a) || viaLease(b)) {
            return EnumSet.of(LinkGrade.VIA_ADDRESS);
        }
        return EnumSet.of(sameAccount(a, b) ? LinkGrade.SAME_USER : LinkGrade.SAME_HOST);
    }

    /** What is left where the host of one side is uncertain: that both name the place or the file. */
    private static Set<LinkGrade> weakened(EnumSet<LinkGrade> grades) {
        if (grades.contains(LinkGrade.ARTIFACT)) {
            return artifact();
        }
        return grades.isEmpty() || grades.equals(EnumSet.of(LinkGrade.SAME_HOST))
                ? grades
                : EnumSet.of(LinkGrade.VIA_ADDRESS);
    }

    // What the evidence says.

    private static boolean same(@Nullable String a, @Nullable String b) {
        return a != null && a.equals(b);
    }

    private static boolean viaLease(Evidence evidence) {
        return evidence.getHostVia() != HostVia.DIRECT
                || !evidence.getOtherHosts().isEmpty();
    }

    /** A name of an account; names of different kinds may be of one account. */
    private record Account(String kind, String name) {}

    private static @Nullable Account account(Evidence evidence) {
        var user = evidence.getUser();
        if (user == null || user.isEmpty()) {
            return null;
        }
        if (user.contains("\\")) {
            return new Account("login", user.replaceFirst(".*\\\\", ""));
        }
        return new Account(user.matches("[^@]+@.*") ? "upn" : user.matches("s-1-.*|[0-9]+") ? "id" : "login", user);
    }

    private static boolean sameAccount(Evidence a, Evidence b) {
        return account(a) != null && Objects.equals(account(a), account(b));
    }

    private static boolean otherUser(Evidence a, Evidence b) {
        var one = account(a);
        var other = account(b);
        return one != null && other != null && one.kind().equals(other.kind()) && !one.equals(other);
    }

    private static Instant time(Evidence evidence) {
        return evidence.getEvent().getTime();
    }

    private static @Nullable String tenant(Evidence evidence) {
        var file = evidence.getEvent().getFile();
        boolean onlyReferrer = evidence.getRoles().contains(Role.WRITE) && file != null && file.getOriginUrl() == null;
        return evidence.getDomain() == null || onlyReferrer
                ? null
                : evidence.getDomain().getTenantKey();
    }

    private static int score(Evidence evidence) {
        return evidence.getDomain() == null ? 0 : evidence.getDomain().getScore();
    }

    private static boolean comesFrom(Evidence w, @Nullable String tenant) {
        return tenant != null && (tenant.equals(tenant(w)) || tenant.equals(referrer(w)));
    }

    private static @Nullable String referrer(Evidence w) {
        boolean isOfTrustedPlace = w.getDomain() != null
                && tenant(w) != null
                && w.getDomain().getNovelty() == PlaceNovelty.KNOWN
                && !w.getDomain().getFirstProgram()
                && score(w) < STRONG;
        return w.getFile() == null || isOfTrustedPlace ? null : w.getFile().getReferrerTenantKey();
    }

    private static @Nullable String process(Evidence evidence) {
        return evidence.getEvent().getProcess() == null
                ? null
                : evidence.getEvent().getProcess().getEntityId();
    }

    private static @Nullable String application(Evidence evidence) {
        return evidence.getProcess() == null ? null : evidence.getProcess().getApplication();
    }

    /** The process of an execution, if it is one that started. */
    private static @Nullable String actor(Evidence x) {
        return x.getEvent().getKind() == EventKind.PROCESS_START ? process(x) : null;
    }

    private static boolean isBroker(@Nullable ApplicationKind kind) {
        return kind == ApplicationKind.BROKER || kind == ApplicationKind.LAUNCHER;
    }

    private static @Nullable ApplicationKind applicationKind(Evidence evidence) {
        return evidence.getProcess() == null ? null : evidence.getProcess().getApplicationKind();
    }

    private static boolean handsOver(Evidence c) {
        return switch (c.getEvent().getKind()) {
            case URL_OPEN -> applicationKind(c) != ApplicationKind.BROWSER;
            case PROCESS_START -> isBroker(applicationKind(c));
            default -> false;
        };
    }

    private static @Nullable String clickProcess(Evidence c) {
        return handsOver(c) ? null : process(c);
    }

    private static @Nullable String clickApplication(Evidence c) {
        return handsOver(c) ? null : application(c);
    }

    private static @Nullable String opener(Evidence c) {
        boolean started = c.getEvent().getKind() == EventKind.PROCESS_START;
        if (handsOver(c)) {
            return started || !isBroker(applicationKind(c)) ? process(c) : null;
        }
        boolean brokered = c.getProcess() != null && isBroker(c.getProcess().getParentKind());
        var process = c.getEvent().getProcess();
        return !started || brokered || process == null || process.getParent() == null
                ? null
                : process.getParent().getEntityId();
    }

    /** Archives that differ only in their kind are unpacked to a folder of the same name. */
    private String folded(String named) {
        var path = named.replaceFirst("(?i)(?<=.)\\.(tar\\.(bz2|zst|gz|xz)|tbz2|tgz|txz|tar|rar|iso|cab|7z)$", ".zip");
        if (platform == Platform.LINUX) {
            return path;
        }
        var folded = path.toLowerCase(Locale.ROOT).replace('/', '\\');
        return platform == Platform.MACOS && folded.startsWith("\\private\\")
                ? folded.substring("\\private".length())
                : folded;
    }

    private static String nameOf(String path) {
        return path.substring(startOfName(path));
    }

    private static int startOfName(String path) {
        return Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1;
    }

    private @Nullable String path(Evidence w) {
        return w.getEvent().getFile() == null
                ? null
                : folded(w.getEvent().getFile().getPath());
    }

    private @Nullable String source(Evidence w) {
        if (w.getEvent().getFile() == null) {
            return null;
        }
        var original = w.getEvent().getFile().getOriginalPath();
        var written = w.getEvent().getFile().getPath();
        int folder = startOfName(written) - 1;
        boolean saved = w.getProcess() != null && SAVES_DOWNLOADS.contains(applicationKind(w));
        var archive = folder > 0 && !saved && isRisky(w) ? written.substring(0, folder) + ".zip" : null;
        return original == null ? archive == null ? null : folded(archive) : folded(original);
    }

    /** The path, and the final one behind a temporary name. */
    private List<String> renamedPaths(Evidence w) {
        var path = path(w);
        if (path == null) {
            return List.of();
        }
        var finalName = w.getFile() == null ? null : w.getFile().getFinalName();
        var written = w.getEvent().getFile().getPath();
        return finalName == null
                ? List.of(path)
                : List.of(path, folded(written.substring(0, startOfName(written)) + finalName));
    }

    private List<String> paths(Evidence w) {
        return Stream.concat(renamedPaths(w).stream(), Stream.ofNullable(source(w)))
                .toList();
    }

    /** A mark without a folder is of any file of that name. */
    private boolean isSameFile(Evidence mark, Evidence w) {
        var marked = path(mark);
        return marked != null
                && (paths(w).contains(marked) || nameOf(marked).equals(marked) && names(w).contains(marked));
    }

    private List<String> names(Evidence w) {
        return renamedPaths(w).stream().map(ReferenceMatcher::nameOf).toList();
    }

    private static String executable(Evidence x) {
        var process = x.getEvent().getProcess();
        return process == null || process.getExecutable() == null ? "" : process.getExecutable();
    }

    /** The image, or the file that was prepared to run. */
    private String image(Evidence x) {
        return actor(x) == null && x.getEvent().getFile() != null
                ? folded(x.getEvent().getFile().getPath())
                : folded(executable(x));
    }

    private List<String> commandLine(Evidence x) {
        var risk = x.getProcess();
        if (risk == null || x.getEvent().getKind() != EventKind.PROCESS_START) {
            return List.of();
        }
        var named = new ArrayList<>(risk.getUserPaths());
        int end = executable(x).indexOf(".app/");
        if (risk.getImageUserWritable() && end > 0) {
            named.add(executable(x).substring(0, end + 4));
        }
        return named.stream().map(this::folded).toList();
    }

    private static @Nullable String hash(Evidence w) {
        var file = w.getEvent().getFile();
        return file == null || file.getHash() == null ? null : file.getHash().getSha256();
    }

    private static @Nullable String imageHash(Evidence x) {
        var process = x.getEvent().getProcess();
        boolean started = x.getEvent().getKind() == EventKind.PROCESS_START;
        return !started || process == null || process.getHash() == null
                ? null
                : process.getHash().getSha256();
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant max(Instant... times) {
        return Stream.of(times).max(Comparator.naturalOrder()).orElseThrow();
    }

    private String analytic() {
        return switch (platform) {
            case WINDOWS, UNKNOWN -> "AN0178";
            case LINUX -> "AN0179";
            case MACOS -> "AN0180";
        };
    }

    // The detection.

    private Detection detection(String tenant, int number, List<Tuple> early) {
        var episode = new ArrayList<>(early);
        var late = lateRuns(
                early.stream().flatMap(tuple -> tuple.members().stream()).collect(Collectors.toSet()));
        var ran = late.stream().flatMap(linked -> Stream.of(linked.from(), linked.to()));
        episode.add(new Tuple(ran.collect(Collectors.toSet()), late, List.of()));
        boolean hasRunLate = late.stream()
                .anyMatch(linked -> linked.from().stage() == Stage.WRITE
                        && !isKnownProgram(linked.to().evidence()));
        var members = new ArrayList<>(episode.stream()
                .flatMap(tuple -> tuple.members().stream())
                .distinct()
                .sorted(ORDER)
                .toList());
        var best = bestLinks(tenant, episode);
        var all = shown(members, best);
        var nearby = nearby(tenant, all);
        var shown = all.stream().filter(member -> !nearby.contains(member)).toList();
        var first = members.getFirst().time();
        var detected = early.stream()
                .map(Tuple::detected)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        var missing = Stream.of(Stage.values())
                .filter(stage -> members.stream().noneMatch(member -> member.stage() == stage))
                .map(stage -> new MissingStage(stage, reason(stage, first)))
                .toList();
        var domain = shown.stream()
                .map(member -> member.evidence().getDomain())
                .filter(Objects::nonNull)
                .filter(risk -> risk.getTenantKey().equals(tenant))
                .reduce((a, b) -> b.getScore() > a.getScore() ? b : a)
                .orElse(null);
        var links = best.stream()
                .map(linked -> new Link(
                        linked.from().stage(),
                        linked.from().id(),
                        linked.to().stage(),
                        linked.to().id(),
                        linked.grade(),
                        words(linked)))
                .toList();
        var user = Stream.of(Stage.values())
                .flatMap(stage -> shown.stream().filter(member -> member.stage() == stage))
                .map(member -> member.evidence().getUser())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        var detection = Detection.newBuilder()
                .setDetectionId(id(tenant, number, detected))
                .setRevision(0)
                .setChange(DetectionChange.CREATED)
                .setAnalyticId(analytic())
                .setHost(host)
                .setPlatform(platform)
                .setUser(user)
                .setTenantKey(tenant)
                .setDomain(domain)
                .setEvidence(shown.stream()
                        .map(member -> new StageEvidence(member.stage(), member.evidence()))
                        .toList())
                .setEvidenceTotal(Math.min(256, members.size()) - nearby.size())
                .setLinks(links)
                .setMissing(missing)
                .setNearbyClicks(nearby.stream().map(Placed::evidence).toList())
                .setDecision(episode.stream()
                        .flatMap(tuple -> tuple.admitted().stream())
                        .max(Path::compare)
                        .map(path -> hasRunLate ? path.with(Part.CODE_RAN) : path)
                        .orElseThrow()
                        .decision())
                .setConfidence(confidence(links, domain, missing))
                .setFirstEventTime(shown.getFirst().time())
                .setLastEventTime(members.getLast().time())
                .setDetectedTime(detected)
                .setWindowMs(window.toMillis())
                .setFollowOnMs(followOn.toMillis())
                .setSkewMs(skew.toMillis())
                .setClocks(clocks(shown))
                .setTuningVersion(shown.getFirst().evidence().getTuningVersion())
                .setContentHash("")
                .build();
        return Detection.newBuilder(detection).setContentHash(hash(detection)).build();
    }

    private List<ClockDifference> clocks(List<Placed> shown) {
        var egress = shown.stream()
                .filter(placed -> placed.stage() == Stage.EGRESS)
                .map(Placed::evidence)
                .toList();
        var differences = new ArrayList<Long>();
        for (var network : egress) {
            egress.stream()
                    .filter(endpoint -> network.getEvent().getProcess() == null
                            && endpoint.getEvent().getProcess() != null
                            && network.getEvent().getKind()
                                    == endpoint.getEvent().getKind()
                            && same(tenant(network), tenant(endpoint)))
                    .map(endpoint -> Duration.between(time(endpoint), time(network)))
                    .min(Comparator.comparing(Duration::abs))
                    .filter(ahead -> ahead.abs().compareTo(skew) <= 0)
                    .ifPresent(ahead -> differences.add(ahead.toMillis()));
        }
        differences.sort(null);
        return differences.isEmpty()
                ? List.of()
                : List.of(new ClockDifference(
                        "test", "test", differences.get((differences.size() - 1) / 2), differences.size()));
    }

    /** Clicks of other places, where one of the place itself is there. */
    private static List<Placed> nearby(String tenant, List<Placed> shown) {
        var clicks =
                shown.stream().filter(member -> member.stage() == Stage.CLICK).toList();
        var others = clicks.stream()
                .filter(click -> !same(tenant, tenant(click.evidence())))
                .toList();
        return others.size() == clicks.size() ? List.of() : others;
    }

    private static List<Linked> bestLinks(String tenant, List<Tuple> episode) {
        var best = new TreeMap<Stage, Linked>();
        var order = Comparator.comparing((Linked linked) -> linked.from().stage() == Stage.CLICK
                        && !same(tenant, tenant(linked.from().evidence())))
                .thenComparing(Linked::grade)
                .thenComparing((Linked linked) -> linked.from().stage(), Comparator.reverseOrder())
                .thenComparing(Linked::to, ORDER)
                .thenComparing(Linked::from, ORDER);
        for (var tuple : episode) {
            for (var linked : tuple.links()) {
                if (linked.from() == linked.to()) {
                    continue;
                }
                best.merge(linked.to().stage(), linked, (a, b) -> order.compare(a, b) <= 0 ? a : b);
            }
        }
        return List.copyOf(best.values());
    }

    /** All up to 20; of more, the earliest of each stage in turn up to 14, and the ends of the best links. */
    private static List<Placed> shown(List<Placed> members, List<Linked> links) {
        if (members.size() <= 20) {
            return members;
        }
        var shown = new LinkedHashSet<Placed>();
        for (int turn = 0; turn < members.size(); turn++) {
            for (var stage : Stage.values()) {
                var ofStage = members.stream()
                        .filter(member -> member.stage() == stage)
                        .toList();
                if (turn < ofStage.size() && shown.size() < 14) {
                    shown.add(ofStage.get(turn));
                }
            }
        }
        links.forEach(linked -> {
            shown.add(linked.from());
            shown.add(linked.to());
        });
        return shown.stream().sorted(ORDER).toList();
    }

    private MissingReason reason(Stage stage, Instant first) {
        var seen = lastSeen.get(stage);
        if (seen == null) {
            return MissingReason.NO_SENSOR;
        }
        return seen.isBefore(first.minus(Duration.ofMinutes(60)))
                ? MissingReason.SENSOR_SILENT
                : MissingReason.NOT_SEEN;
    }

    private static int confidence(List<Link> links, @Nullable DomainRisk domain, List<MissingStage> missing) {
        int points = domain == null ? 0 : domain.getScore() * 30 / 100;
        for (var link : links) {
            int column = link.getToStage() == Stage.EGRESS ? 0 : link.getToStage() == Stage.WRITE ? 1 : 2;
            points += new int[][] {{20, 25, 25}, {20, 25, 25}, {15, 15, 15}, {8, 8, 12}, {6, 6, 6}, {3, 3, 6}}
                    [link.getGrade().ordinal()][column];
        }
        for (var stage : missing) {
            points -= stage.getStage() != Stage.EXECUTION && stage.getReason() == MissingReason.NOT_SEEN ? 10 : 0;
        }
        return Math.max(0, Math.min(100, points));
    }

    private static String words(Linked linked) {
        var from = linked.from().stage();
        var to = linked.to().stage();
        if (linked.grade() == LinkGrade.ARTIFACT && from == Stage.WRITE && to == Stage.EXECUTION) {
            return switch (linked.to().evidence().getEvent().getKind()) {
                case FILE_MODE -> "the file that was written was made executable";
                case FILE_MARK -> "the file that was written lost the mark of a download";
                default -> "what ran is the file that was written";
            };
        }
        return words(linked.grade(), from, to);
    }

    private static String words(LinkGrade grade, Stage from, Stage to) {
        boolean executed = to == Stage.EXECUTION;
        return switch (grade) {
            case SAME_PROCESS ->
                switch (from + ">" + to) {
                    case "CLICK>EGRESS" -> "the process that the click started, or one below it, made the connection";
                    case "CLICK>WRITE" -> "the process that the click started, or one below it, wrote the file";
                    case "EGRESS>WRITE" -> "the connecting process, or one in its line, wrote the file";
                    case "CLICK>EXECUTION" -> "a system tool ran below the process that the click started";
                    case "EGRESS>EXECUTION" -> "a system tool ran below the connecting process";
                    case "WRITE>EXECUTION" -> "a system tool ran below the writing process";
                    default -> throw new AssertionError(from + ">" + to);
                };
            case ARTIFACT ->
                switch (from + ">" + to) {
                    case "CLICK>EGRESS" -> "the clicked link and the connection lead to the same place";
                    case "CLICK>WRITE" ->
                        "the file names the place of the clicked link as its origin, or has its name from the link";
                    case "EGRESS>WRITE" ->
                        "the file names the place of the connection as its origin, or has its name from the request";
                    case "CLICK>EXECUTION" ->
                        "what ran names the place of the clicked link, or is the file that the link names";
                    case "EGRESS>EXECUTION" -> "what ran is the file that the requested address names";
                    default -> throw new AssertionError(from + ">" + to);
                };
            case SAME_APPLICATION -> "the same application acted in both";
            case SAME_USER ->
                !executed
                        ? "the same user, within the time window"
                        : from == Stage.CLICK
                                ? "the same user typed or pasted a command after the click"
                                : "the same user ran something from a mounted image or unpacked archive";
            case VIA_ADDRESS -> "the host is known by an address or user lease only";
            case SAME_HOST ->
                !executed
                        ? "the same host, within the time window, nothing more"
                        : from == Stage.CLICK
                                ? "a command was typed or pasted after the click"
                                : "something ran from a mounted image or unpacked archive";
        };
    }

    private String id(String tenant, int number, Instant detected) {
        long epoch = Math.floorDiv(detected.toEpochMilli(), EPOCH.toMillis());
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .array());
            var digest =
                    ByteBuffer.wrap(sha1.digest((analytic() + "|" + host + "|" + tenant + "|" + epoch + "|" + number)
                            .getBytes(StandardCharsets.UTF_8)));
            long high = digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x5000L;
            long low = digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            return new UUID(high, low).toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String hash(Detection detection) {
        var evidence = detection.getEvidence().stream()
                .map(placed -> new StageEvidence(placed.getStage(), blank(placed.getEvidence())))
                .toList();
        var nearby = detection.getNearbyClicks().stream()
                .map(ReferenceMatcher::blank)
                .toList();
        var content = Detection.newBuilder(detection)
                .setEvidence(evidence)
                .setNearbyClicks(nearby)
                .build();
        try {
            var bytes = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new SpecificDatumWriter<>(Detection.class).write(content, encoder);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Evidence blank(Evidence evidence) {
        var source = evidence.getEvent().getSource();
        var blank = new Source(source.getDataset(), "", 0, 0L, source.getSha256(), 0);
        return Evidence.newBuilder(evidence)
                .setEvent(Event.newBuilder(evidence.getEvent()).setSource(blank).build())
                .build();
    }
}
