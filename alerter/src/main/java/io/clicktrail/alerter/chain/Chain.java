package io.clicktrail.alerter.chain;

import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.User;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FilePreparation;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.schemas.RecordCopy;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A detection prepared for its case: evidence in one fixed order, all text safe, all sizes bounded.
 *
 * <p>Whatever order the detection lists its parts in, the chain is the same, and so is the case.
 */
public final class Chain {

    /** Most evidence that a case shows. */
    public static final int MAX_EVIDENCE = EvidenceSelection.MAX_EVIDENCE;

    private static final int MAX_HEAD_STRING = 512;

    private final Detection head;
    private final List<StageEvidence> evidence;
    private final int maxString;
    private final Set<String> cutEvents;
    private final Defanger defanger;

    private Chain(Detection head, List<StageEvidence> evidence, int maxString, Set<String> cutEvents) {
        this.head = head;
        this.evidence = evidence;
        this.maxString = maxString;
        this.cutEvents = cutEvents;
        this.defanger = new Defanger(names(head, evidence));
    }

    /** The chain of a detection. Its domain is found before strings are cut, as cut names match nothing. */
    public static Chain of(Detection detection) {
        return of(detection, Map.of());
    }

    /** @param firstSeen when any host contacted a place of the chain first, by tenant key, where that is known */
    public static Chain of(Detection given, Map<String, Instant> firstSeen) {
        Detection detection = FirstSeenTime.in(UnfinishedDownloads.leftOutOf(given), firstSeen);
        Detection head = new RecordSanitizer(MAX_HEAD_STRING)
                .copy(RecordCopy.of(detection)
                        .set("domain", domain(detection, detection.getEvidence()))
                        .set("evidence", List.of())
                        .set(
                                "evidence_total",
                                Math.max(
                                        detection.getEvidenceTotal(),
                                        detection.getEvidence().size()))
                        .build());
        EvidenceSelection selection = EvidenceSelection.of(detection.getEvidence());
        return new Chain(head, selection.evidence(), selection.maxString(), selection.cutEvents());
    }

    /** The detection without its evidence, its text safe. */
    public Detection head() {
        return head;
    }

    /** Evidence in event-time order. */
    public List<StageEvidence> evidence() {
        return evidence;
    }

    /** The name that another event of the chain has for a uid or SID; what is given where none has. */
    public String nameOf(String user) {
        for (StageEvidence item : evidence) {
            String name = item.getEvidence().getUser();
            User other = item.getEvidence().getEvent().getUser();
            if (name != null && !name.equals(user) && other != null && user.equalsIgnoreCase(other.getId())) {
                return name;
            }
        }
        return user;
    }

    /** Evidence of a stage in event-time order. */
    public List<Evidence> at(Stage stage) {
        return evidence.stream()
                .filter(item -> item.getStage() == stage)
                .map(StageEvidence::getEvidence)
                .toList();
    }

    /** Earliest evidence of a stage. */
    public @Nullable Evidence first(Stage stage) {
        List<Evidence> found = at(stage);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The click that started the chain: the one that its first link starts from, else the earliest. */
    public @Nullable Evidence click() {
        for (Link link : links()) {
            if (link.getFromStage() == Stage.CLICK) {
                for (Evidence click : at(Stage.CLICK)) {
                    if (click.getEvent().getEventId().equals(link.getFromEvent())) {
                        return click;
                    }
                }
            }
        }
        return first(Stage.CLICK);
    }

    /** Evidence of code that ran, in event-time order, without events that only made a file ready to run. */
    public List<Evidence> runs() {
        return at(Stage.EXECUTION).stream()
                .filter(run -> run.getPreparation() == FilePreparation.NONE)
                .toList();
    }

    /**
     * The first code that ran; null where none did. A program or script of the user's, or one that names a place, is
     * meant before the archive tool that opened what it was in and the system tool that started it.
     */
    public @Nullable Evidence firstRun() {
        List<Evidence> runs = runs();
        return runs.stream()
                .filter(run -> !isBy(ApplicationKind.ARCHIVER, run) && isOfUser(run))
                .findFirst()
                .or(() -> runs.stream()
                        .filter(run -> !isBy(ApplicationKind.ARCHIVER, run))
                        .findFirst())
                .orElse(runs.isEmpty() ? null : runs.getFirst());
    }

    /** The run that a title names: of a file in a user's folder before a command that only names a place. */
    public @Nullable Evidence namedRun() {
        return runs().stream()
                .filter(run -> !isBy(ApplicationKind.ARCHIVER, run)
                        && run.getProcess() != null
                        && (run.getProcess().getImageUserWritable()
                                || !run.getProcess().getUserPaths().isEmpty()))
                .findFirst()
                .orElseGet(this::firstRun);
    }

    private static boolean isBy(ApplicationKind kind, Evidence run) {
        return run.getProcess() != null && run.getProcess().getApplicationKind() == kind;
    }

    private static boolean isOfUser(Evidence run) {
        ProcessRisk risk = run.getProcess();
        return run.getDomain() != null
                || risk != null
                        && (risk.getImageUserWritable()
                                || risk.getFromMountedDrive()
                                || !risk.getUserPaths().isEmpty());
    }

    /** What was done so that a file can run, each way once. */
    public Set<FilePreparation> preparations() {
        var preparations = EnumSet.noneOf(FilePreparation.class);
        at(Stage.EXECUTION).forEach(evidence -> preparations.add(evidence.getPreparation()));
        preparations.remove(FilePreparation.NONE);
        return preparations;
    }

    /** True where a stage was seen. */
    public boolean has(Stage stage) {
        return evidence.stream().anyMatch(item -> item.getStage() == stage);
    }

    /** Stages that were seen, in the order of the chain. */
    public List<Stage> stages() {
        var stages = EnumSet.noneOf(Stage.class);
        evidence.forEach(item -> stages.add(item.getStage()));
        return List.copyOf(stages);
    }

    /** Stages that were not seen, in the order of the chain. */
    public List<MissingStage> missing() {
        return head.getMissing().stream()
                .sorted(Comparator.comparing(MissingStage::getStage).thenComparing(MissingStage::getReason))
                .toList();
    }

    /** Links, those into the earlier stage first. */
    public List<Link> links() {
        return head.getLinks().stream()
                .sorted(Comparator.comparing(Link::getToStage)
                        .thenComparing(Link::getFromStage)
                        .thenComparing(Link::getToEvent)
                        .thenComparing(Link::getFromEvent)
                        .thenComparing(Link::getGrade))
                .toList();
    }

    /** Risk of the tenant key: the detection's, or the highest that the evidence has for it. */
    public @Nullable DomainRisk domain() {
        return head.getDomain();
    }

    /** Risk of the tenant key of a detection whose evidence is given separately. */
    public static @Nullable DomainRisk domain(Detection head, List<StageEvidence> evidence) {
        if (head.getDomain() != null) {
            return head.getDomain();
        }
        DomainRisk best = null;
        for (StageEvidence item : evidence) {
            DomainRisk risk = item.getEvidence().getDomain();
            if (risk != null
                    && risk.getTenantKey().equals(head.getTenantKey())
                    && (best == null || risk.getScore() > best.getScore())) {
                best = risk;
            }
        }
        return best;
    }

    /** True where link or domain is known to be malicious. */
    public boolean knownBad() {
        return knownBad(domain());
    }

    /** True where there is a domain and it is known to be malicious. */
    public static boolean knownBad(@Nullable DomainRisk domain) {
        return domain != null && domain.getBand() == RiskBand.KNOWN_BAD;
    }

    /** True where evidence was left out or cut. */
    public boolean truncated() {
        return !cutEvents.isEmpty() || evidence.size() < head.getEvidenceTotal();
    }

    /** True where text of the event was cut. */
    public boolean isCut(Event event) {
        return cutEvents.contains(event.getEventId());
    }

    /** True where a string of the evidence was cut, so that it no longer names the same thing. */
    public boolean isCut(String text) {
        return SafeText.isCut(text, maxString);
    }

    /** Defangs links and the names of this chain in prose. */
    public Defanger defanger() {
        return defanger;
    }

    private static Set<String> names(Detection head, List<StageEvidence> evidence) {
        var names = new LinkedHashSet<String>();
        names.add(head.getTenantKey());
        add(names, head.getDomain());
        for (StageEvidence item : evidence) {
            Event event = item.getEvidence().getEvent();
            add(names, item.getEvidence().getDomain());
            if (event.getDns() != null) {
                names.add(event.getDns().getQuestionName());
            }
            if (event.getDestination() != null && event.getDestination().getDomain() != null) {
                names.add(event.getDestination().getDomain());
            }
        }
        return names;
    }

    private static void add(Set<String> names, @Nullable DomainRisk risk) {
        if (risk != null && !risk.getInternal()) {
            names.add(risk.getHost());
            names.add(risk.getTenantKey());
        }
    }
}
