package io.clicktrail.alerter.page;

import io.clicktrail.alert.ActionResult;
import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.Attack;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.EvidenceLink;
import io.clicktrail.alert.ExternalCase;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.ListVersion;
import io.clicktrail.alert.Lowering;
import io.clicktrail.alert.MissingStage;
import io.clicktrail.alert.ObservableRole;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.page.CaseView.ActionView;
import io.clicktrail.alerter.page.CaseView.EvidenceView;
import io.clicktrail.alerter.page.CaseView.Field;
import io.clicktrail.alerter.page.CaseView.LinkView;
import io.clicktrail.alerter.page.CaseView.ObservableView;
import io.clicktrail.alerter.page.CaseView.QuestionView;
import io.clicktrail.alerter.page.CaseView.SensorView;
import io.clicktrail.alerter.page.CaseView.StageView;
import io.clicktrail.alerter.timeline.NearbyClicks;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.Source;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.feedback.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the view of a case: chooses, words, defangs and lays out. */
final class CaseViews {

    private static final int MAX_CAPTION = 40;
    private static final int MAX_LABEL = 300;
    private static final Set<String> SHOWN_APART = Set.of("source", "event_id");

    private final Alert alert;
    private final SafeWords words;
    private final String anchor;
    private final Map<String, Integer> numbers = new HashMap<>();

    private CaseViews(Alert alert) {
        this.alert = alert;
        this.words = SafeWords.of(alert);
        this.anchor = "case-" + letters(alert.getAlertId());
        List<CaseEvidence> evidence = alert.getEvidence();
        for (int at = 0; at < evidence.size(); at++) {
            numbers.putIfAbsent(key(evidence.get(at)), at + 1);
            numbers.putIfAbsent(evidence.get(at).getEvidence().getEvent().getEventId(), at + 1);
        }
    }

    /** The view of a case. */
    static CaseView of(Alert alert) {
        return new CaseViews(alert).view();
    }

    private CaseView view() {
        return new CaseView(
                anchor,
                words.prose(alert.getAlertId()),
                alert.getSeverity() == Severity.FATAL ? "critical" : lower(alert.getSeverity()),
                alert.getEscalation().getTier(),
                state(),
                isClosed(),
                change(),
                words.prose(alert.getTitle()),
                sentence(),
                subject(),
                numbers(),
                stages(),
                when(),
                timeline(),
                notShown(),
                evidence(),
                ProcessNode.roots(alert.getEvidence(), words),
                ScoreBars.of(alert, words),
                alert.getSeverityReasons().stream().map(words::prose).toList(),
                lowered(),
                sensors(),
                actions(),
                alert.getWithheldActions().stream()
                        .map(action -> new Field(words.prose(action.getTitle()), words.prose(action.getReason())))
                        .toList(),
                questions(true),
                questions(false),
                related(),
                observables(),
                techniques(),
                handling(),
                judgedBy());
    }

    private String state() {
        Handling handling = alert.getHandling();
        String state = lower(alert.getState());
        return handling == null || handling.getVerdict() == Verdict.UNKNOWN
                ? state
                : state + ", " + lower(handling.getVerdict());
    }

    private boolean isClosed() {
        return switch (alert.getState()) {
            case RESOLVED, ARCHIVED, DELETED, SUPPRESSED -> true;
            case NEW, IN_PROGRESS, UNKNOWN -> alert.getState() == CaseState.UNKNOWN;
        };
    }

    private String change() {
        return "revision " + alert.getRevision() + ": " + words.prose(alert.getChangeNote());
    }

    /** The summary without the reasons of its severity, which the page shows as a list. */
    private String sentence() {
        String summary = words.prose(alert.getSummary());
        int end = summary.indexOf(". Severity " + lower(alert.getSeverity()) + ": ");
        return end < 0 ? summary : summary.substring(0, end + 1);
    }

    private List<Field> subject() {
        var fields = new ArrayList<Field>();
        fields.add(new Field("Host", words.prose(alert.getDevice().getHostname()) + importance()));
        fields.add(new Field(
                "User",
                alert.getUser() == null
                        ? "unknown"
                        : words.prose(alert.getUser().getKey())
                                + (Boolean.TRUE.equals(alert.getUser().getIsPrivileged()) ? ", administrator" : "")
                                + (Boolean.TRUE.equals(alert.getUser().getIsVip()) ? ", watched" : "")));
        fields.add(new Field("Place", words.host(alert.getTenantKey())));
        fields.add(new Field("Platform", platform()));
        if (alert.getOrganisation() != null) {
            fields.add(new Field("Organisation", words.prose(alert.getOrganisation())));
        }
        return fields;
    }

    private String platform() {
        return switch (alert.getDevice().getPlatform()) {
            case WINDOWS -> "Windows";
            case LINUX -> "Linux";
            case MACOS -> "macOS";
            case UNKNOWN -> "unknown";
        };
    }

    private String importance() {
        Integer criticality = alert.getDevice().getCriticality();
        return criticality == null ? "" : ", importance " + criticality + " of 5";
    }

    private List<Field> numbers() {
        var fields = new ArrayList<Field>();
        fields.add(new Field("Confidence", Integer.toString(alert.getConfidenceScore())));
        fields.add(new Field("Risk", Integer.toString(alert.getRiskScore())));
        fields.add(new Field("Acknowledge within", seconds(alert.getEscalation().getAckSeconds())));
        Long contain = alert.getEscalation().getContainSeconds();
        if (contain != null) {
            fields.add(new Field("Contain within", seconds(contain)));
        }
        return fields;
    }

    private List<StageView> stages() {
        Map<Lane, List<CaseEvidence>> seen = byLane();
        Map<Lane, String> missing = missing();
        var stages = new ArrayList<StageView>();
        for (Lane lane : Lane.values()) {
            List<CaseEvidence> items = seen.getOrDefault(lane, List.of());
            stages.add(new StageView(
                    lane,
                    !items.isEmpty(),
                    items.size(),
                    items.isEmpty()
                            ? missing.getOrDefault(lane, "not seen")
                            : ReadableTimes.second(time(items.getFirst()))));
        }
        return stages;
    }

    private Map<Lane, List<CaseEvidence>> byLane() {
        Map<Lane, List<CaseEvidence>> seen = new EnumMap<>(Lane.class);
        for (CaseEvidence item : alert.getEvidence()) {
            seen.computeIfAbsent(Lane.of(item.getStage()), lane -> new ArrayList<>())
                    .add(item);
        }
        return seen;
    }

    private Map<Lane, String> missing() {
        Map<Lane, String> missing = new EnumMap<>(Lane.class);
        for (MissingStage stage : alert.getStagesMissing()) {
            missing.put(Lane.of(stage.getStage()), reason(stage.getReason()) + ": " + words.prose(stage.getText()));
        }
        return missing;
    }

    private static String reason(MissingReason reason) {
        return switch (reason) {
            case PENDING -> "still possible";
            case NOT_SEEN -> "not seen";
            case SENSOR_SILENT -> "sensor silent";
            case NO_SENSOR -> "no sensor";
        };
    }

    private String when() {
        Instant first = alert.getFirstEventTime();
        Instant last = alert.getLastEventTime();
        String end = ReadableTimes.day(first).equals(ReadableTimes.day(last))
                ? ReadableTimes.second(last)
                : ReadableTimes.dateTime(last);
        return ReadableTimes.day(first) + ", " + ReadableTimes.second(first) + " to " + end + " UTC ("
                + ReadableTimes.length(Duration.between(first, last)) + ")";
    }

    private TimelineDrawing timeline() {
        var points = new ArrayList<TimelineDrawing.Point>();
        var joins = new ArrayList<TimelineDrawing.Join>();
        List<CaseEvidence> items = alert.getEvidence();
        for (int at = 0; at < items.size(); at++) {
            CaseEvidence item = items.get(at);
            points.add(new TimelineDrawing.Point(
                    at + 1,
                    Lane.of(item.getStage()),
                    time(item),
                    ReadableTimes.second(time(item)),
                    words.shortened(caption(item), MAX_CAPTION),
                    words.shortened(
                            (at + 1) + ". " + ReadableTimes.clock(time(item)) + " " + item.getWhat(), MAX_LABEL)));
            for (EvidenceLink link : item.getLinks()) {
                int from = number(link);
                if (from > 0) {
                    joins.add(new TimelineDrawing.Join(
                            from,
                            at + 1,
                            grade(link.getGrade()),
                            words.prose(link.getReason()),
                            weight(link.getGrade())));
                }
            }
        }
        return TimelineDrawing.of(points, joins, missing());
    }

    /** The few words that name what a mark shows. */
    private static @Nullable String caption(CaseEvidence item) {
        Evidence evidence = item.getEvidence();
        Event event = evidence.getEvent();
        return switch (item.getStage()) {
            case CLICK ->
                first(
                        EvidenceFields.image(event),
                        evidence.getDomain() == null
                                ? "link opened"
                                : evidence.getDomain().getHost());
            case EGRESS -> first(place(evidence), "connection");
            case WRITE -> first(EvidenceFields.fileName(evidence), "file");
            case EXECUTION -> first(EvidenceFields.image(event), "process");
        };
    }

    private static @Nullable String place(Evidence evidence) {
        Endpoint to = evidence.getEvent().getDestination();
        if (evidence.getDomain() != null) {
            return evidence.getDomain().getHost();
        }
        return to == null ? null : first(to.getDomain(), to.getIp());
    }

    private static @Nullable String first(@Nullable String value, @Nullable String otherwise) {
        return value == null ? otherwise : value;
    }

    private static int weight(LinkGrade grade) {
        return switch (grade) {
            case SAME_PROCESS, ARTIFACT -> 3;
            case SAME_APPLICATION, SAME_USER -> 2;
            case VIA_ADDRESS, SAME_HOST -> 1;
        };
    }

    private static String grade(LinkGrade grade) {
        return lower(grade);
    }

    private String notShown() {
        int more = alert.getEvidenceTotal() - alert.getEvidence().size();
        String left = more > 0 ? more + " more pieces of evidence are not part of the case file. " : "";
        return alert.getEvidenceTruncated() ? left + "Long texts were cut." : left;
    }

    private List<EvidenceView> evidence() {
        List<CaseEvidence> nearby = NearbyClicks.of(alert);
        var views = new ArrayList<EvidenceView>();
        List<CaseEvidence> items = alert.getEvidence();
        for (int at = 0; at < items.size(); at++) {
            CaseEvidence item = items.get(at);
            Event event = item.getEvidence().getEvent();
            Source source = event.getSource();
            views.add(new EvidenceView(
                    anchor + "-" + (at + 1),
                    at + 1,
                    Lane.of(item.getStage()),
                    ReadableTimes.clock(event.getTime()),
                    words.prose(item.getWhat()),
                    words.prose(source.getDataset() + (event.getCode() == null ? "" : " " + event.getCode())),
                    nearby.contains(item),
                    item.getLinks().stream().map(this::link).toList(),
                    FieldRows.of(event, SHOWN_APART, words),
                    FieldRows.of(item.getEvidence(), Set.of("event"), words),
                    List.of(
                            new Field("topic", words.prose(source.getTopic())),
                            new Field("partition", Integer.toString(source.getPartition())),
                            new Field("offset", Long.toString(source.getOffset())),
                            new Field("index in the record", Integer.toString(source.getIndex())),
                            new Field("SHA-256 of the record", words.prose(source.getSha256())),
                            new Field("event id", words.prose(event.getEventId())))));
        }
        return views;
    }

    private LinkView link(EvidenceLink link) {
        return new LinkView(
                number(link), lower(link.getFromStage()), grade(link.getGrade()), words.prose(link.getReason()));
    }

    private int number(EvidenceLink link) {
        Integer number = numbers.get(link.getFromStage() + link.getFromEvent());
        return number == null ? numbers.getOrDefault(link.getFromEvent(), 0) : number;
    }

    private List<Integer> numbersOf(List<String> events) {
        var found = new TreeSet<Integer>();
        for (String event : events) {
            Integer number = numbers.get(event);
            if (number != null) {
                found.add(number);
            }
        }
        return List.copyOf(found);
    }

    private List<String> lowered() {
        var lines = new ArrayList<String>();
        for (Lowering lowering : alert.getLowered()) {
            lines.add(words.prose(lowering.getReason()));
        }
        for (String input : alert.getScoreInputsMissing()) {
            lines.add("no data for " + words.prose(input.replace('_', ' ')) + ": it gave no points");
        }
        return lines;
    }

    private List<SensorView> sensors() {
        Map<Lane, List<CaseEvidence>> seen = byLane();
        Map<Lane, String> missing = missing();
        var sensors = new ArrayList<SensorView>();
        for (Lane lane : Lane.values()) {
            var datasets = new TreeSet<String>();
            for (CaseEvidence item : seen.getOrDefault(lane, List.of())) {
                datasets.add(
                        words.prose(item.getEvidence().getEvent().getSource().getDataset()));
            }
            sensors.add(new SensorView(
                    lane,
                    List.copyOf(datasets),
                    datasets.isEmpty() ? missing.getOrDefault(lane, "not seen") : "",
                    !datasets.isEmpty()));
        }
        return sensors;
    }

    private List<ActionView> actions() {
        Map<String, ActionResult> results = new HashMap<>();
        Handling handling = alert.getHandling();
        if (handling != null) {
            handling.getActionResults().forEach(result -> results.put(result.getActionId(), result));
        }
        var views = new ArrayList<ActionView>();
        for (RecommendedAction action : alert.getRecommendedActions()) {
            ActionResult result = results.get(action.getActionId());
            views.add(new ActionView(
                    words.prose(action.getActionId()),
                    action.getPriority(),
                    words.prose(action.getTitle()),
                    words.prose(action.getRationale()),
                    switch (action.getApproval()) {
                        case AUTO_OK -> "no approval needed";
                        case ONE_CLICK -> "one person approves";
                        case TWO_PERSON -> "two people approve";
                    },
                    words.prose(action.getActuator()),
                    action.getPreconditions().stream().map(words::prose).toList(),
                    switch (action.getBlastRadius()) {
                        case ORG -> "whole organisation";
                        case SINGLE_USER -> "one user";
                        case SINGLE_HOST -> "one host";
                        case SINGLE_FILE -> "one file";
                    },
                    rollback(action),
                    "until " + ReadableTimes.dateTime(action.getExpiresAt()),
                    result == null ? null : result(result)));
        }
        return views;
    }

    private String rollback(RecommendedAction action) {
        if (action.getRollback() != null) {
            return lower(action.getRollback().getVerb()) + " "
                    + words.prose(action.getRollback().getTarget());
        }
        return action.getReversible() || action.getVerb() == ActionVerb.NOTIFY ? "nothing to undo" : "cannot be undone";
    }

    private String result(ActionResult result) {
        String detail = result.getDetail() == null ? "" : ": " + words.prose(result.getDetail());
        String who = result.getActor() == null ? "" : " by " + words.prose(result.getActor());
        return "status " + result.getStatus() + who + ", " + ReadableTimes.dateTime(result.getAt()) + detail;
    }

    private List<QuestionView> questions(boolean answered) {
        var views = new ArrayList<QuestionView>();
        for (AnalystQuestion question : alert.getAnalystQuestions()) {
            if ((question.getState() != AnswerState.UNANSWERED) == answered) {
                views.add(new QuestionView(
                        words.prose(question.getId()),
                        words.prose(question.getText()),
                        words.prose(question.getWhy()),
                        question.getAnswer() == null ? null : words.prose(question.getAnswer()),
                        lower(question.getCertainty()),
                        numbersOf(question.getEventIds()),
                        question.getMissingTelemetry().stream()
                                .map(words::prose)
                                .toList(),
                        words.prose(question.getWhereToLook())));
            }
        }
        return views;
    }

    private List<Field> related() {
        var fields = new ArrayList<Field>();
        if (alert.getDuplicateOf() != null) {
            fields.add(new Field("Duplicate of", words.prose(alert.getDuplicateOf())));
        }
        if (alert.getCampaignKey() != null) {
            fields.add(new Field(
                    "Campaign", words.prose(alert.getCampaignKey()) + ", hosts: " + alert.getAffectedDeviceCount()));
        }
        for (String related : alert.getRelatedAlerts()) {
            fields.add(new Field("Case", words.prose(related)));
        }
        if (alert.getSuppressedCount() > 0) {
            fields.add(new Field("Chains folded into it", Integer.toString(alert.getSuppressedCount())));
        }
        if (alert.getHandling() != null && alert.getHandling().getReopenedAs() != null) {
            fields.add(new Field("Goes on as", words.prose(alert.getHandling().getReopenedAs())));
        }
        if (alert.getExternalLink() != null) {
            fields.add(new Field("In your system", words.prose(alert.getExternalLink())));
        }
        return fields;
    }

    private List<ObservableView> observables() {
        return alert.getObservables().stream()
                .map(item -> new ObservableView(
                        lower(item.getType()),
                        words.prose(item.getDefanged()),
                        item.getRole() == ObservableRole.ATTACK ? "attack" : lower(item.getRole()),
                        item.getIoc(),
                        item.getScore() == null ? "" : item.getScore().toString()))
                .toList();
    }

    private List<Field> techniques() {
        var fields = new ArrayList<Field>();
        for (Attack attack : alert.getAttack()) {
            String id = Objects.requireNonNullElse(attack.getSubTechniqueId(), attack.getTechniqueId());
            String name = attack.getSubTechniqueName() == null
                    ? attack.getTechniqueName()
                    : attack.getTechniqueName() + ": " + attack.getSubTechniqueName();
            fields.add(new Field(words.prose(id), words.prose(name + ", " + attack.getTacticName())));
        }
        return fields;
    }

    private List<Field> handling() {
        var fields = new ArrayList<Field>();
        Handling handling = alert.getHandling();
        if (handling == null) {
            return fields;
        }
        if (handling.getAcknowledgedAt() != null) {
            fields.add(new Field(
                    "Acknowledged",
                    ReadableTimes.dateTime(handling.getAcknowledgedAt()) + " by "
                            + words.prose(Objects.requireNonNullElse(handling.getAcknowledgedBy(), "unknown"))));
        }
        if (handling.getVerdict() != Verdict.UNKNOWN) {
            fields.add(new Field("Verdict", lower(handling.getVerdict())));
        }
        if (handling.getNote() != null) {
            fields.add(new Field("Note", words.prose(handling.getNote())));
        }
        for (ExternalCase external : handling.getExternalCases()) {
            fields.add(new Field(
                    "Ticket in " + words.prose(external.getDestination()), words.prose(external.getCaseId())));
        }
        if (handling.getAllowProposal() != null) {
            fields.add(new Field(
                    "Allow-list entry to consider",
                    words.host(handling.getAllowProposal().getPattern()) + ": "
                            + words.prose(handling.getAllowProposal().getReason())));
        }
        return fields;
    }

    private List<Field> judgedBy() {
        var fields = new ArrayList<Field>();
        fields.add(new Field(
                "Analytic",
                words.prose(alert.getAnalyticId() + ", " + alert.getDetectionStrategy() + ", "
                        + alert.getRule().getName())));
        fields.add(new Field("Tuning", words.prose(alert.getTuning().getVersion())));
        fields.add(new Field(
                "Window",
                ReadableTimes.length(Duration.ofMillis(alert.getTuning().getTimeWindowMs())) + ", follow-on "
                        + ReadableTimes.length(
                                Duration.ofMillis(alert.getTuning().getFollowOnMs()))));
        for (ListVersion list : alert.getTuning().getLists()) {
            fields.add(new Field("List " + words.prose(list.getName()), words.prose(list.getVersion())));
        }
        fields.add(new Field("Case", words.prose(alert.getAlertId())));
        fields.add(new Field("Content hash", words.prose(alert.getContentHash())));
        fields.add(new Field(
                "Made by",
                words.prose(alert.getProducer().getName() + " "
                        + alert.getProducer().getVersion() + ", "
                        + alert.getProducer().getInstance())));
        fields.add(new Field("TLP", lower(alert.getTlp())));
        return fields;
    }

    private static Instant time(CaseEvidence item) {
        return item.getEvidence().getEvent().getTime();
    }

    private static String key(CaseEvidence item) {
        return item.getStage() + item.getEvidence().getEvent().getEventId();
    }

    private static String seconds(long seconds) {
        return ReadableTimes.length(Duration.ofSeconds(seconds));
    }

    /** The name of a constant in words. */
    private static String lower(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String letters(String id) {
        return id.replaceAll("[^A-Za-z0-9-]", "");
    }
}
