package io.clicktrail.correlator.reference;

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
import io.clicktrail.event.Platform;
import io.clicktrail.event.Source;
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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * The chain as its definition reads: nested loops over all facts of one host, at the end of all time, with no state, no bounds and
 * no thought of speed. It shares nothing with the correlator but the schemas.
 */
public final class ReferenceMatcher {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration EPOCH = Duration.ofDays(30);
    private static final UUID NAMESPACE = UUID.fromString("5d0c1f2e-8c5b-4f0e-9a54-0de700661204");

    private final String host;
    private final Duration window;
    private final Duration followOn;
    private final Duration skew;
    private final Map<Stage, Instant> lastSeen;
    private final List<Evidence> facts;
    private final List<Evidence> starts;
    private final Map<Role, List<Evidence>> roles = new EnumMap<>(Role.class);
    private final Map<String, List<Tuple>> tuples = new TreeMap<>();

    private record Placed(Stage stage, Evidence evidence) {

        Instant time() {
            return evidence.getEvent().getTime();
        }

        String id() {
            return evidence.getEvent().getEventId();
        }
    }

    private record Tied(Placed from, Placed to, LinkGrade grade) {}

    private record Tuple(Set<Placed> members, List<Tied> ties, Instant detected) {

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
            Duration window,
            Duration followOn,
            Duration skew,
            Map<Stage, Instant> lastSeen,
            List<Evidence> evidence) {
        this.host = host;
        this.window = window;
        this.followOn = followOn;
        this.skew = skew;
        this.lastSeen = lastSeen;
        var byId = new LinkedHashMap<String, Evidence>();
        evidence.forEach(each -> byId.putIfAbsent(each.getEvent().getEventId(), each));
        this.facts = List.copyOf(byId.values());
        this.starts = facts.stream().filter(ReferenceMatcher::isStart).toList();
    }

    /** The final detections of a Windows host, by id, from evidence in order of first delivery. */
    public static Map<String, Detection> detections(
            String host,
            Duration window,
            Duration followOn,
            Duration skew,
            Map<Stage, Instant> lastSeen,
            List<Evidence> evidence) {
        return new ReferenceMatcher(host, window, followOn, skew, lastSeen, evidence).all();
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
                same -> facts.stream()
                        .filter(fact -> fact.getRoles().contains(same))
                        .toList());
    }

    // The four shapes of a chain.

    private void findComplete() {
        for (var c : with(Role.CLICK)) {
            for (var e : with(Role.EGRESS)) {
                var ce = clickEgress(c, e);
                if (ce.isEmpty()) {
                    continue;
                }
                for (var w : with(Role.WRITE)) {
                    var ew = egressWrite(e, w);
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
                        .filter(tied -> tied.to().stage() == Stage.EXECUTION)
                        .map(tied -> tied.to().time())
                        .min(Comparator.naturalOrder());
                if (ew.contains(LinkGrade.ARTIFACT)) {
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
                var ties = new ArrayList<Tied>();
                ties.add(tied(Stage.CLICK, c, Stage.EGRESS, e, ce));
                Instant ran = null;
                for (var x : with(Role.EXECUTION)) {
                    boolean inTime = !time(x).isBefore(time(c))
                            && !time(x).isAfter(time(c).plus(window).plus(followOn));
                    var cx = below(c, clickProcess(c), x, time(c).minus(skew));
                    var ex = below(e, process(e), x, min(time(e), time(x)).minus(window));
                    if (inTime && !cx.isEmpty()) {
                        ties.add(tied(Stage.CLICK, c, Stage.EXECUTION, x, cx));
                    }
                    if (inTime && !ex.isEmpty()) {
                        ties.add(tied(Stage.EGRESS, e, Stage.EXECUTION, x, ex));
                    }
                    if (inTime && !(cx.isEmpty() && ex.isEmpty())) {
                        ran = ran == null ? time(x) : min(ran, time(x));
                    }
                }
                if (score(e) >= 90) {
                    add(tenant(e), max(time(c), time(e)), ties);
                } else if (ran != null) {
                    add(tenant(e), max(time(c), time(e), ran), ties);
                }
            }
        }
    }

    private void findWithoutEgress() {
        for (var c : with(Role.CLICK)) {
            for (var w : with(Role.WRITE)) {
                var cw = clickWrite(c, w);
                if (score(w) >= 50 && !cw.isEmpty()) {
                    var ties = new ArrayList<Tied>();
                    ties.add(tied(Stage.CLICK, c, Stage.WRITE, w, cw));
                    ties.addAll(executions(c, null, w));
                    add(tenant(w), max(time(c), time(w)), ties);
                }
            }
        }
    }

    private List<Tied> chain(
            @Nullable Evidence c, @Nullable Set<LinkGrade> ce, Evidence e, Set<LinkGrade> ew, Evidence w) {
        var ties = new ArrayList<Tied>();
        if (c != null && ce != null) {
            ties.add(tied(Stage.CLICK, c, Stage.EGRESS, e, ce));
        }
        ties.add(tied(Stage.EGRESS, e, Stage.WRITE, w, ew));
        ties.addAll(executions(c, e, w));
        return ties;
    }

    private List<Tied> executions(@Nullable Evidence c, @Nullable Evidence e, Evidence w) {
        var ties = new ArrayList<Tied>();
        for (var x : with(Role.EXECUTION)) {
            if (time(x).isBefore(time(w)) || time(x).isAfter(time(w).plus(followOn))) {
                continue;
            }
            var wx = writeExecution(w, x);
            if (!wx.isEmpty()) {
                ties.add(tied(Stage.WRITE, w, Stage.EXECUTION, x, wx));
            }
            if (c != null && !below(c, clickProcess(c), x, time(c).minus(skew)).isEmpty()) {
                ties.add(tied(Stage.CLICK, c, Stage.EXECUTION, x, below(c, clickProcess(c), x, time(c).minus(skew))));
            }
            if (e != null
                    && !below(e, process(e), x, min(time(e), time(x)).minus(window))
                            .isEmpty()) {
                ties.add(tied(
                        Stage.EGRESS,
                        e,
                        Stage.EXECUTION,
                        x,
                        below(e, process(e), x, min(time(e), time(x)).minus(window))));
            }
        }
        return ties;
    }

    private void add(@Nullable String tenant, Instant detected, List<Tied> ties) {
        if (tenant == null) {
            return;
        }
        var members = new LinkedHashSet<Placed>();
        ties.forEach(tied -> {
            members.add(tied.from());
            members.add(tied.to());
        });
        tuples.computeIfAbsent(tenant, none -> new ArrayList<>()).add(new Tuple(members, ties, detected));
    }

    private static Tied tied(Stage from, Evidence a, Stage to, Evidence b, Set<LinkGrade> grades) {
        return new Tied(
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
                        && Duration.between(mark.getEvent().getTime(), time(w))
                                        .abs()
                                        .compareTo(shorter())
                                <= 0);
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

    private Set<LinkGrade> writeExecution(Evidence w, Evidence x) {
        if (time(x).isBefore(time(w)) || time(x).isAfter(time(w).plus(followOn)) || otherUser(w, x)) {
            return Set.of();
        }
        var grades = EnumSet.noneOf(LinkGrade.class);
        if (!below(w, process(w), x, time(w).minus(window)).isEmpty()) {
            grades.add(LinkGrade.SAME_PROCESS);
        }
        var risk = x.getProcess();
        var commandLine = risk == null ? List.<String>of() : risk.getUserPaths();
        boolean runsPath = paths(w).contains(image(x))
                || commandLine.stream().anyMatch(each -> paths(w).contains(folded(each)))
                || commandLine.stream().anyMatch(each -> names(w).contains(nameOf(folded(each))));
        boolean runsContent = same(hash(w), imageHash(x));
        if (runsPath || runsContent) {
            grades.add(LinkGrade.ARTIFACT);
        }
        boolean container = w.getFile() != null && w.getFile().getExtensionClass() == ExtensionClass.CONTAINER;
        boolean fromContainer = risk != null
                && (risk.getFromMountedDrive()
                        || Stream.concat(Stream.ofNullable(image(x)), commandLine.stream())
                                .anyMatch(each -> folded(each).contains("\\temp\\rar$")));
        if (container && fromContainer) {
            grades.add(
                    w.getUser() != null && w.getUser().equals(x.getUser()) ? LinkGrade.SAME_USER : LinkGrade.SAME_HOST);
        }
        return viaLease(w) || viaLease(x) ? weakened(grades) : grades;
    }

    /** A living-off-the-land binary below the process of a click, an egress or a write. */
    private Set<LinkGrade> below(Evidence origin, @Nullable String ancestor, Evidence x, Instant from) {
        boolean below = x.getProcess() != null
                && x.getProcess().getLolbin()
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
        var generation = process == null ? Set.<String>of() : Set.of(process);
        for (int i = 0; i < 8 && ancestor != null; i++) {
            var parents = new HashSet<String>();
            for (var fact : starts) {
                var started = fact.getEvent().getProcess();
                if (generation.contains(started.getEntityId())
                        && !time(fact).isBefore(from)
                        && !time(fact).isAfter(to)) {
                    parents.add(started.getParent().getEntityId());
                }
            }
            if (parents.contains(ancestor)) {
                return true;
            }
            generation = parents;
        }
        return false;
    }

    private static boolean isStart(Evidence fact) {
        var started = fact.getEvent().getProcess();
        return fact.getEvent().getKind() == EventKind.PROCESS_START
                && started != null
                && started.getEntityId() != null
                && started.getParent() != null
                && started.getParent().getEntityId() != null;
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
        boolean onlyReferrer =
                evidence.getRoles().equals(List.of(Role.WRITE)) && file != null && file.getOriginUrl() == null;
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

    private static boolean startsOrIsBrowser(Evidence c) {
        return c.getEvent().getKind() == EventKind.PROCESS_START
                || c.getProcess() != null && "browser".equals(c.getProcess().getApplicationKind());
    }

    private static @Nullable String clickProcess(Evidence c) {
        return startsOrIsBrowser(c) ? process(c) : null;
    }

    private static @Nullable String clickApplication(Evidence c) {
        return startsOrIsBrowser(c) ? application(c) : null;
    }

    private static @Nullable String opener(Evidence c) {
        if (c.getEvent().getKind() != EventKind.PROCESS_START) {
            return startsOrIsBrowser(c) ? null : process(c);
        }
        var started = c.getEvent().getProcess();
        boolean brokered =
                c.getProcess() != null && "broker".equals(c.getProcess().getParentKind());
        return brokered || started == null || started.getParent() == null
                ? null
                : started.getParent().getEntityId();
    }

    private static String folded(String path) {
        return path.toLowerCase(Locale.ROOT).replace('/', '\\');
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    private static @Nullable String path(Evidence w) {
        return w.getEvent().getFile() == null
                ? null
                : folded(w.getEvent().getFile().getPath());
    }

    private static List<String> paths(Evidence w) {
        var path = path(w);
        if (path == null) {
            return List.of();
        }
        var finalName = w.getFile() == null ? null : w.getFile().getFinalName();
        return finalName == null
                ? List.of(path)
                : List.of(path, path.substring(0, path.lastIndexOf('\\') + 1) + folded(finalName));
    }

    private static List<String> names(Evidence w) {
        return paths(w).stream().map(ReferenceMatcher::nameOf).toList();
    }

    private static String image(Evidence x) {
        var process = x.getEvent().getProcess();
        return process == null || process.getExecutable() == null ? "" : folded(process.getExecutable());
    }

    private static @Nullable String hash(Evidence w) {
        var file = w.getEvent().getFile();
        return file == null || file.getHash() == null ? null : file.getHash().getSha256();
    }

    private static @Nullable String imageHash(Evidence x) {
        var process = x.getEvent().getProcess();
        return process == null || process.getHash() == null
                ? null
                : process.getHash().getSha256();
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant max(Instant... times) {
        return Stream.of(times).max(Comparator.naturalOrder()).orElseThrow();
    }

    // The detection.

    private Detection detection(String tenant, int number, List<Tuple> episode) {
        var members = new ArrayList<>(episode.stream()
                .flatMap(tuple -> tuple.members().stream())
                .distinct()
                .sorted(ORDER)
                .toList());
        var ties = bestTies(episode);
        var shown = shown(members, ties);
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
        var links = ties.stream()
                .map(tied -> new Link(
                        tied.from().stage(),
                        tied.from().id(),
                        tied.to().stage(),
                        tied.to().id(),
                        tied.grade(),
                        words(tied.grade(), tied.from().stage(), tied.to().stage())))
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
                .setAnalyticId("AN0178")
                .setHost(host)
                .setPlatform(Platform.WINDOWS)
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
                .setTuningVersion(shown.getLast().evidence().getTuningVersion())
                .setContentHash("")
                .build();
        return Detection.newBuilder(detection).setContentHash(hash(detection)).build();
    }

    private static List<Tied> bestTies(List<Tuple> episode) {
        var best = new TreeMap<Stage, Tied>();
        var order = Comparator.comparing(Tied::grade)
                .thenComparing((Tied tied) -> tied.from().stage(), Comparator.reverseOrder())
                .thenComparing(Tied::to, ORDER)
                .thenComparing(Tied::from, ORDER);
        for (var tuple : episode) {
            for (var tied : tuple.ties()) {
                best.merge(tied.to().stage(), tied, (a, b) -> order.compare(a, b) <= 0 ? a : b);
            }
        }
        return List.copyOf(best.values());
    }

    /** All up to 20; of more, the earliest of each stage in turn up to 14, and the ends of the best links. */
    private static List<Placed> shown(List<Placed> members, List<Tied> ties) {
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
        ties.forEach(tied -> {
            shown.add(tied.from());
            shown.add(tied.to());
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
                    case "WRITE>EXECUTION" -> "what ran is the file that was written";
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
            var digest = ByteBuffer.wrap(sha1.digest(
                    ("AN0178|" + host + "|" + tenant + "|" + epoch + "|" + number).getBytes(StandardCharsets.UTF_8)));
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
