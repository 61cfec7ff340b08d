package io.clicktrail.correlator.reference;

import io.clicktrail.detection.ClockDifference;
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
import io.clicktrail.event.Source;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * The chain as its definition reads: the oracle that the correlator is compared with on random histories.
 *
 * <p>It is given all evidence of one host at once, when nothing more can come. Nested loops over clicks, egresses,
 * writes and executions try each combination against the pairwise links and the four shapes of a chain; the tuples of
 * one tenant key, in order of time, are cut into episodes where a day is quiet, and each episode is one detection.
 * There is no state, no order of arrival, no expiry, no bound and no index; texts are compared as texts.
 *
 * <p>Invariants: it shares nothing with the correlator but the schemas, so that one mistake is not made twice; a rule
 * that changes is changed in both. It holds only for histories that stay within the bounds of one host and whose
 * evidence is no later than the grace.
 *
 * <p>Cost: cubic in the events, and more with executions; meant for histories of some dozens of events.
 */
public final class ReferenceMatcher {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration EPOCH = Duration.ofDays(30);
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
    private final Map<Evidence, List<Linked>> followOns = new IdentityHashMap<>();
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

    private record Tuple(Set<Placed> members, List<Linked> links, Instant detected) {

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
        this.evidence = List.copyOf(byId.values());
        this.starts = this.evidence.stream()
                .filter(ReferenceMatcher::isStart)
                .map(each -> new Start(process(each), parentsOf(each.getEvent().getProcess()), time(each)))
                .toList();
    }

    /** All that was said of one event: the highest score, every role. */
    private static Evidence joined(Evidence a, Evidence b) {
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
                last = tuple.last().isAfter(last) ? tuple.last() : last;
            }
            put(detections, tenant, ++number, episode);
        });
        return detections;
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

    // The four shapes of a chain.

    private void findComplete() {
        for (var e : with(Role.EGRESS)) {
            var writes = new IdentityHashMap<Evidence, Set<LinkGrade>>();
            with(Role.WRITE).forEach(w -> writes.put(w, egressWrite(e, w)));
            for (var c : with(Role.CLICK)) {
                var ce = clickEgress(c, e);
                for (var w : ce.isEmpty() ? List.<Evidence>of() : with(Role.WRITE)) {
                    var ew = Objects.requireNonNull(writes.get(w));
                    if (!ew.isEmpty() && !time(w).isAfter(time(c).plus(window))) {
                        add(tenant(e), max(time(c), time(e), time(w)), chain(c, ce, e, ew, w));
                    }
                }
            }
        }
    }

    private void findWithoutClick() {
        for (var e : with(Role.EGRESS)) {
            for (var w : with(Role.WRITE)) {
                var ew = egressWrite(e, w);
                if (score(e) < 50 || ew.isEmpty() || time(w).isAfter(time(e).plus(window))) {
                    continue;
                }
                var chain = chain(null, null, e, ew, w);
                var ran = chain.stream()
                        .filter(linked -> linked.to().stage() == Stage.EXECUTION && linked.from() != linked.to())
                        .map(linked -> linked.to().time())
                        .min(Comparator.naturalOrder());
                boolean byActor = ew.contains(LinkGrade.SAME_PROCESS) || ew.contains(LinkGrade.SAME_APPLICATION);
                if (ew.contains(LinkGrade.ARTIFACT) || byActor && lacksMark(w)) {
                    add(tenant(e), max(time(e), time(w)), chain);
                } else if (ran.isPresent()) {
                    add(tenant(e), max(time(e), time(w), ran.get()), chain);
                }
            }
        }
    }

    private void findWithoutWrite() {
        for (var c : with(Role.CLICK)) {
            for (var e : with(Role.EGRESS)) {
                var ce = clickEgress(c, e);
                if (score(e) < 50 || ce.isEmpty()) {
                    continue;
                }
                var links = new ArrayList<Linked>();
                links.add(linked(Stage.CLICK, c, Stage.EGRESS, e, ce));
                Instant ran = null;
                for (var x : with(Role.EXECUTION)) {
                    boolean inTime = !time(x).isBefore(time(c))
                            && !time(x).isAfter(time(c).plus(window).plus(followOn));
                    var cx = below(c, clickProcess(c), x, time(c).minus(skew));
                    var ex = below(e, process(e), x, min(time(e), time(x)).minus(window));
                    if (inTime && !cx.isEmpty()) {
                        links.add(linked(Stage.CLICK, c, Stage.EXECUTION, x, cx));
                    }
                    if (inTime && !ex.isEmpty()) {
                        links.add(linked(Stage.EGRESS, e, Stage.EXECUTION, x, ex));
                    }
                    if (inTime && !(cx.isEmpty() && ex.isEmpty())) {
                        ran = ran == null ? time(x) : min(ran, time(x));
                    }
                }
                if (score(e) >= 90) {
                    add(tenant(e), max(time(c), time(e)), links);
                } else if (ran != null) {
                    add(tenant(e), max(time(c), time(e), ran), links);
                }
            }
        }
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
                if (score(w) >= 50) {
                    add(tenant(w), max(time(c), time(w)), links);
                }
                if (score(c) >= 50 && lacksMark(w)) {
                    add(tenant(c), max(time(c), time(w)), links);
                }
            }
        }
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

    private List<Linked> executions(@Nullable Evidence c, @Nullable Evidence e, Evidence w) {
        var links = new ArrayList<>(followOns.computeIfAbsent(w, this::followOn));
        for (var x : with(Role.EXECUTION)) {
            if (!inFollowOn(w, x)) {
                continue;
            }
            if (c != null && !below(c, clickProcess(c), x, time(c).minus(skew)).isEmpty()) {
                links.add(
                        linked(Stage.CLICK, c, Stage.EXECUTION, x, below(c, clickProcess(c), x, time(c).minus(skew))));
            }
            if (e != null
                    && !below(e, process(e), x, min(time(e), time(x)).minus(window))
                            .isEmpty()) {
                links.add(linked(
                        Stage.EGRESS,
                        e,
                        Stage.EXECUTION,
                        x,
                        below(e, process(e), x, min(time(e), time(x)).minus(window))));
            }
        }
        return links;
    }

    /** What ran of the file and of the files made of it, up to four generations, and, without a grade, the rest. */
    private List<Linked> followOn(Evidence root) {
        var links = new ArrayList<Linked>();
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
        return links;
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
                        && paths(w).contains(path(mark)));
    }

    private boolean isNear(Evidence mark, Evidence w) {
        return Duration.between(time(mark), time(w)).abs().compareTo(shorter()) <= 0;
    }

    private void add(@Nullable String tenant, Instant detected, List<Linked> links) {
        if (tenant == null) {
            return;
        }
        var members = new LinkedHashSet<Placed>();
        links.forEach(linked -> {
            members.add(linked.from());
            members.add(linked.to());
        });
        tuples.computeIfAbsent(tenant, none -> new ArrayList<>()).add(new Tuple(members, links, detected));
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
        if (time(e).isBefore(time(c).minus(skew)) || time(e).isAfter(time(c).plus(window)) || otherUser(c, e)) {
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
        if (time(w).isBefore(time(e).minus(skew))
                || time(w).isAfter(time(e).plus(skew).plus(window))
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
                        && paths(w).contains(path(mark))
                        && isNear(mark, w));
        if (named || marked) {
            grades.add(LinkGrade.ARTIFACT);
        }
        if (same(application(e), application(w))) {
            grades.add(LinkGrade.SAME_APPLICATION);
        }
        boolean bothKnown =
                (process(e) != null || application(e) != null) && (process(w) != null || application(w) != null);
        return orWeaker(grades, bothKnown, e, w);
    }

    private Duration shorter() {
        return window.compareTo(followOn) < 0 ? window : followOn;
    }

    private Set<LinkGrade> clickWrite(Evidence c, Evidence w) {
        if (time(w).isBefore(time(c).minus(skew))
                || time(w).isAfter(time(c).plus(window))
                || otherUser(c, w)
                || viaLease(c)
                || viaLease(w)) {
            return Set.of();
        }
        var grades = EnumSet.noneOf(LinkGrade.class);
        if (startedByClick(c, w)) {
            grades.add(LinkGrade.SAME_PROCESS);
        }
        if (comesFrom(w, tenant(c))) {
            grades.add(LinkGrade.ARTIFACT);
        }
        if (same(clickApplication(c), application(w))) {
            grades.add(LinkGrade.SAME_APPLICATION);
        }
        return grades;
    }

    private Set<LinkGrade> writeExecution(Evidence w, Evidence x, boolean isRoot) {
        if (!inFollowOn(w, x) || otherUser(w, x)) {
            return Set.of();
        }
        var grades = EnumSet.noneOf(LinkGrade.class);
        if (isRoot && !below(w, process(w), x, time(w).minus(window)).isEmpty()) {
            grades.add(LinkGrade.SAME_PROCESS);
        }
        boolean runsPath = paths(w).contains(image(x))
                || commandLine(x).stream().anyMatch(each -> paths(w).contains(each))
                || commandLine(x).stream().anyMatch(each -> names(w).contains(nameOf(each)));
        boolean runsContent = same(hash(w), imageHash(x));
        if (runsPath || runsContent) {
            grades.add(LinkGrade.ARTIFACT);
        }
        boolean container = w.getFile() != null && w.getFile().getExtensionClass() == ExtensionClass.CONTAINER;
        var risk = x.getProcess();
        boolean fromContainer = risk != null
                && (risk.getFromMountedDrive()
                        || Stream.concat(Stream.of(executable(x)), risk.getUserPaths().stream())
                                .anyMatch(ReferenceMatcher::isUnpackFolder));
        if (container && fromContainer) {
            grades.add(
                    w.getUser() != null && w.getUser().equals(x.getUser()) ? LinkGrade.SAME_USER : LinkGrade.SAME_HOST);
        }
        return viaLease(w) || viaLease(x) ? weakened(grades) : grades;
    }

    private static boolean isUnpackFolder(String path) {
        return path.toLowerCase(Locale.ROOT).contains("\\temp\\rar$")
                || path.contains("/.cache/.fr-")
                || path.contains("/AppTranslocation/");
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
            if (lease) {
                return EnumSet.of(LinkGrade.VIA_ADDRESS);
            }
            boolean sameUser = a.getUser() != null && a.getUser().equals(b.getUser());
            return EnumSet.of(sameUser ? LinkGrade.SAME_USER : LinkGrade.SAME_HOST);
        }
        return lease ? weakened(grades) : grades;
    }

    private static Set<LinkGrade> weakened(EnumSet<LinkGrade> grades) {
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

    private static boolean otherUser(Evidence a, Evidence b) {
        return a.getUser() != null && b.getUser() != null && !a.getUser().equals(b.getUser());
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
        return tenant != null
                && (tenant.equals(tenant(w))
                        || w.getFile() != null && tenant.equals(w.getFile().getReferrerTenantKey()));
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

    private String folded(String path) {
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
        return w.getEvent().getFile() == null || w.getEvent().getFile().getOriginalPath() == null
                ? null
                : folded(w.getEvent().getFile().getOriginalPath());
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

    private Detection detection(String tenant, int number, List<Tuple> episode) {
        var members = new ArrayList<>(episode.stream()
                .flatMap(tuple -> tuple.members().stream())
                .distinct()
                .sorted(ORDER)
                .toList());
        var best = bestLinks(episode);
        var shown = shown(members, best);
        var first = members.getFirst().time();
        var detected = episode.stream()
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
                .setEvidenceTotal(Math.min(256, members.size()))
                .setLinks(links)
                .setMissing(missing)
                .setConfidence(confidence(links, domain, missing))
                .setFirstEventTime(first)
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

    private static List<Linked> bestLinks(List<Tuple> episode) {
        var best = new TreeMap<Stage, Linked>();
        var order = Comparator.comparing(Linked::grade)
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
        if (linked.grade() == LinkGrade.ARTIFACT && to == Stage.EXECUTION) {
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
                    case "CLICK>WRITE" -> "the file names the place of the clicked link as its origin";
                    case "EGRESS>WRITE" -> "the file names the place of the connection as its origin";
                    default -> throw new AssertionError(from + ">" + to);
                };
            case SAME_APPLICATION -> "the same application acted in both";
            case SAME_USER ->
                executed
                        ? "the same user ran something from a mounted image or unpacked archive"
                        : "the same user, within the time window";
            case VIA_ADDRESS -> "the host is known by an address or user lease only";
            case SAME_HOST ->
                executed
                        ? "something ran from a mounted image or unpacked archive"
                        : "the same host, within the time window, nothing more";
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
        var content = Detection.newBuilder(detection).setEvidence(evidence).build();
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
