package io.clicktrail.alerter.chain;

import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FilePreparation;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.schemas.RiskBands;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A detection as the case reads it: evidence in one fixed order, all text safe, all sizes bounded.
 *
 * <p>Whatever order the detection lists its parts in, the chain is the same, and so is the case.
 */
public final class Chain {

    /** Evidence that a case shows at most. */
    public static final int MAX_EVIDENCE = 20;

    /** What the text of all evidence may take inside JSON, bytes. */
    public static final int BUDGET = 64 * 1024;

    private static final int[] CAPS = {4096, 2048, 1024, 512};
    private static final int[] LAST_CAPS = {256, 128, 64};
    private static final int HEAD_CAP = 512;

    private static final Comparator<StageEvidence> TIMELINE = Comparator.comparing(
                    (StageEvidence item) -> item.getEvidence().getEvent().getTime())
            .thenComparing(StageEvidence::getStage)
            .thenComparing(item -> item.getEvidence().getEvent().getEventId());

    private final Detection head;
    private final List<StageEvidence> evidence;
    private final int cap;
    private final Set<String> cutEvents;
    private final Defanger defanger;

    private Chain(Detection head, List<StageEvidence> evidence, int cap, Set<String> cutEvents) {
        this.head = head;
        this.evidence = evidence;
        this.cap = cap;
        this.cutEvents = cutEvents;
        this.defanger = new Defanger(names(head, evidence));
    }

    /** The chain of a detection. */
    public static Chain of(Detection detection) {
        Detection head = new RecordSanitizer(HEAD_CAP).copy(withoutEvidence(detection));
        List<StageEvidence> items = new ArrayList<>(detection.getEvidence());
        items.sort(TIMELINE);
        while (items.size() > MAX_EVIDENCE) {
            dropOne(items);
        }
        Attempt attempt = Attempt.at(items, CAPS[0]);
        for (int at = 1; at < CAPS.length && !attempt.fits(); at++) {
            attempt = Attempt.at(items, CAPS[at]);
        }
        while (!attempt.fits() && dropOne(items)) {
            attempt = Attempt.at(items, CAPS[CAPS.length - 1]);
        }
        for (int at = 0; at < LAST_CAPS.length && !attempt.fits(); at++) {
            attempt = Attempt.at(items, LAST_CAPS[at]);
        }
        return new Chain(head, attempt.evidence, attempt.cap, attempt.cutEvents);
    }

    /** The detection without its evidence, its text safe. */
    public Detection head() {
        return head;
    }

    /** Evidence in event-time order. */
    public List<StageEvidence> evidence() {
        return evidence;
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

    /** The click that the chain hangs on: the one that the best link starts from, else the earliest. */
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

    /** Evidence of code that ran, in event-time order. What only made a file ready to run is none. */
    public List<Evidence> runs() {
        return at(Stage.EXECUTION).stream()
                .filter(run -> run.getPreparation() == FilePreparation.NONE)
                .toList();
    }

    /** The first code that ran; null where none did. */
    public @Nullable Evidence firstRun() {
        List<Evidence> runs = runs();
        return runs.isEmpty() ? null : runs.getFirst();
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
        return domain(head, evidence);
    }

    /** Risk of the tenant key of a detection whose evidence is given beside it. */
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
        return domain != null && (domain.getBand() == RiskBand.KNOWN_BAD || domain.getScore() >= RiskBands.KNOWN_BAD);
    }

    /** True where evidence was left out or cut. */
    public boolean truncated() {
        return !cutEvents.isEmpty() || evidence.size() < head.getEvidenceTotal();
    }

    /** True where text of the event was cut. */
    public boolean isCut(Event event) {
        return cutEvents.contains(event.getEventId());
    }

    /** True where a string of the evidence lost its end, so that it no longer names what it named. */
    public boolean isCut(String text) {
        return SafeText.isCut(text, cap);
    }

    /** Makes links and the names of this chain dead in prose. */
    public Defanger defanger() {
        return defanger;
    }

    /** Shares the other parts, which Avro's builder would copy, evidence and all. */
    private static Detection withoutEvidence(Detection detection) {
        var head = new Detection();
        for (Schema.Field field : Detection.getClassSchema().getFields()) {
            head.put(field.pos(), field.name().equals("evidence") ? List.of() : detection.get(field.pos()));
        }
        return head;
    }

    /** Takes the latest item of the fullest stage away, never the last of a stage. */
    private static boolean dropOne(List<StageEvidence> items) {
        Map<Stage, Integer> counts = new EnumMap<>(Stage.class);
        items.forEach(item -> counts.merge(item.getStage(), 1, Integer::sum));
        Stage fullest = null;
        for (Map.Entry<Stage, Integer> count : counts.entrySet()) {
            if (count.getValue() > 1 && (fullest == null || count.getValue() > counts.getOrDefault(fullest, 0))) {
                fullest = count.getKey();
            }
        }
        for (int at = items.size() - 1; at >= 0; at--) {
            if (items.get(at).getStage() == fullest) {
                items.remove(at);
                return true;
            }
        }
        return false;
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

    private record Attempt(List<StageEvidence> evidence, int cap, Set<String> cutEvents, int bytes) {

        static Attempt at(List<StageEvidence> items, int cap) {
            var copies = new ArrayList<StageEvidence>(items.size());
            var cutEvents = new TreeSet<String>();
            int bytes = 0;
            for (StageEvidence item : items) {
                var cleaner = new RecordSanitizer(cap);
                StageEvidence copy = cleaner.copy(item);
                copies.add(copy);
                bytes += cleaner.bytes();
                if (cleaner.cut()) {
                    cutEvents.add(copy.getEvidence().getEvent().getEventId());
                }
            }
            return new Attempt(List.copyOf(copies), cap, Set.copyOf(cutEvents), bytes);
        }

        boolean fits() {
            return bytes <= BUDGET;
        }
    }
}
