package io.clicktrail.benchmarks.detection;

import io.clicktrail.alert.Alert;
import io.clicktrail.correlator.decision.DecisionPartKind;
import io.clicktrail.detection.DecisionPart;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.engine.explain.ChainQuery;
import io.clicktrail.engine.explain.Explainer;
import io.clicktrail.engine.explain.Explanation;
import io.clicktrail.engine.explain.JudgedChain;
import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.tuning.Tuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code explain} says decided over each story without a case, under each key that it may have been judged by. */
final class MissedStories {

    /** As long before and after a story as evidence of it is looked for. */
    private static final Duration SPAN = Duration.ofMinutes(15);

    private final Explainer<UnreadableLogException> explainer;
    private final List<Alert> cases;

    /**
     * @param seen file of names known for long
     * @param tuning document of one platform, null for the built-in ones
     * @param cases that the logs gave
     */
    MissedStories(Path logs, @Nullable Path seen, @Nullable Path tuning, List<Alert> cases)
            throws UnreadableLogException {
        ReferenceData tables = ReferenceData.read(null, seen, List.of(), List.of());
        Tuning document = ReferenceData.read(tuning, null, List.of(), List.of()).tuning();
        List<Tuning> documents = document == null ? List.of() : List.of(document);
        this.cases = List.copyOf(cases);
        this.explainer = new Explainer<>(EngineSettings.defaults().with(DayPlayback.SETTINGS), documents, engine -> {
            tables.load(engine);
            try (var merged = new MergedDeliveries(
                    LogFiles.find(List.of(logs)), Stack.MAX_RECORD_BYTES, new EventTimeReader(), 0)) {
                for (LogDelivery next = merged.next(); next != null; next = merged.next()) {
                    engine.deliver(next.value(), next.at());
                }
            }
        });
    }

    /** What decided over each of some stories; empty where nothing is named. */
    Map<Label, String> explain(List<Label> missed) throws UnreadableLogException {
        var queries = new ArrayList<ChainQuery>();
        var asked = new ArrayList<Label>();
        for (Label label : missed) {
            for (ChainQuery query : queriesOf(label)) {
                queries.add(query.between(label.from().minus(SPAN), label.to().plus(SPAN)));
                asked.add(label);
            }
        }
        var decided = new LinkedHashMap<Label, String>();
        missed.forEach(label -> decided.put(label, ""));
        List<Explanation> explanations = explainer.explain(queries);
        var rest = new LinkedHashMap<Label, String>();
        for (int i = 0; i < queries.size(); i++) {
            Label label = asked.get(i);
            String ofPlace = ofPlace(explanations.get(i), label);
            decided.computeIfPresent(label, (same, known) -> known.isEmpty() ? ofPlace : known);
            List<?> missing = explanations.get(i).missing();
            if (!missing.isEmpty()) {
                rest.putIfAbsent(label, "no evidence names a place of the story; stages without evidence: " + missing);
            }
        }
        decided.replaceAll((label, known) -> known.isEmpty() ? rest.getOrDefault(label, "") : known);
        return decided;
    }

    private static List<ChainQuery> queriesOf(Label label) {
        var queries = new ArrayList<ChainQuery>();
        queries.add(ChainQuery.ofHost(label.shortHost()));
        if (!label.address().isEmpty()) {
            queries.add(ChainQuery.ofHost("ip:" + label.address()));
        }
        if (!label.user().isEmpty()) {
            queries.add(ChainQuery.ofHost("user:" + label.user()));
        }
        return queries;
    }

    /** What is said of a place of the story; empty where nothing is. */
    private String ofPlace(Explanation explanation, Label label) {
        for (JudgedChain chain : explanation.chains()) {
            if (isOf(label, chain.detection().getTenantKey())) {
                return ofChain(chain);
            }
        }
        String unchained = explanation.unchained().stream()
                .filter(place -> isOf(label, place.place()))
                .map(place -> "no chain to " + place.place() + ": " + place.reason())
                .collect(Collectors.joining("; "));
        if (!unchained.isEmpty()) {
            return unchained;
        }
        return explanation.trusted().entrySet().stream()
                .filter(place -> isOf(label, place.getKey()))
                .map(place -> place.getKey() + " is no egress: " + place.getValue())
                .findFirst()
                .orElse("");
    }

    private String ofChain(JudgedChain chain) {
        if (chain.emitted()) {
            String id = chain.detection().getDetectionId();
            return cases.stream()
                    .filter(each -> each.getAlertId().equals(id))
                    .map(each -> "the chain's case " + id + " is " + each.getState() + ": " + each.getChangeNote())
                    .findFirst()
                    .orElse("");
        }
        String parts = "";
        if (!chain.lowering().isEmpty()) {
            parts = chain.lowering().stream()
                    .map(DecisionPart::getName)
                    .collect(Collectors.joining(", ", "; lowered by ", ""));
        }
        if (!chain.wouldDo().isEmpty()) {
            parts += chain.wouldDo().stream()
                    .map(DecisionPartKind::label)
                    .collect(Collectors.joining(" or ", "; enough would be ", ""));
        }
        if (!chain.detection().getMissing().isEmpty()) {
            parts += chain.detection().getMissing().stream()
                    .map(MissedStories::inShort)
                    .collect(Collectors.joining(", ", "; missing ", ""));
        }
        return parts.isEmpty() ? "" : "the sum is " + chain.shortfall() + " below ChainScore" + parts;
    }

    private static String inShort(MissingStage missing) {
        return (missing.getStage() + " (" + missing.getReason() + ")").toLowerCase(Locale.ROOT);
    }

    private static boolean isOf(Label label, String place) {
        return label.marks().stream().anyMatch(mark -> mark.contains(place) || place.contains(mark));
    }
}
