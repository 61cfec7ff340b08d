package io.clicktrail.standalone;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.correlator.decision.ChainWeights;
import io.clicktrail.detection.Decision;
import io.clicktrail.detection.DecisionPart;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.engine.explain.ChainQuery;
import io.clicktrail.engine.explain.Explainer;
import io.clicktrail.engine.explain.Explanation;
import io.clicktrail.engine.explain.JudgedChain;
import io.clicktrail.engine.explain.TuningChange;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.AlertSource;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.tuning.Tuning;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains cases, and why there were none. */
@Command(
        name = "explain",
        description = {
            "Explains why there is a case, or why there is none: which chains were considered, what each part of them",
            "is worth, what decided, and the smallest change of tuning that would turn the answer.",
            "With logs, they are judged in this process, without Kafka. Without logs, a case is read from a file or",
            "from the alerts of a running stack."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final int SHOWN_CHAINS = 20;
    private static final int SHOWN_PLACES = 20;

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "LOGS", arity = "0..*", description = "Log files, or folders of log files.")
    private List<Path> logs = List.of();

    @Option(names = "--case", paramLabel = "ID", description = "A case by its id.")
    private @Nullable String caseId;

    @Option(names = "--host", paramLabel = "NAME", description = "A host, by its short or full name.")
    private @Nullable String host;

    @Option(names = "--user", paramLabel = "NAME", description = "A user, with or without the domain.")
    private @Nullable String user;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "With logs: only what happened from then on (ISO 8601).")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "With logs: only what happened until then.")
    private @Nullable Instant to;

    @Option(names = "--tuning", paramLabel = "FILE", description = "Tuning document; may be repeated, one a platform.")
    private List<Path> tuning = List.of();

    @Option(names = "--alerts", paramLabel = "FILE", description = "Cases that 'replay --format avro --out' wrote.")
    private @Nullable Path alerts;

    @Mixin
    private LogOptions options = new LogOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (logs.isEmpty()) {
            if (caseId == null) {
                throw new ParameterException(spec.commandLine(), "without logs, --case names the case");
            }
            return explain(stored(caseId));
        }
        EngineSettings settings = options.settings();
        ReferenceData tables = options.tables(settings.catalogues());
        var documents = new ArrayList<Tuning>();
        for (Path file : tuning) {
            documents.add(
                    Objects.requireNonNull(ReferenceData.read(settings.catalogues(), file, null, List.of(), List.of())
                            .tuning()));
        }
        var explainer = new Explainer<UnreadableLogException>(settings, documents, engine -> {
            tables.load(engine);
            LogOptions.play(logs, List.of(engine), terminal, "Judging");
        });
        Explanation explanation = explainer.explain(new ChainQuery(host, user, caseId, from, to));
        print(explanation);
        return Clicktrail.DONE;
    }

    private Alert stored(String id) throws UnreadableLogException {
        Alert found = AlertSource.find(
                alerts == null ? AlertSource.all(cluster.clients(), cluster.topics()) : AlertSource.all(alerts), id);
        if (found == null) {
            throw new UnreadableLogException("there is no case " + id);
        }
        return found;
    }

    private int explain(Alert alert) {
        PrintStream out = terminal.results();
        out.println("case " + alert.getAlertId() + ": " + safe(alert.getTitle()));
        Decision decision = alert.getDecision();
        if (decision == null) {
            out.println("  a release without parts of the decision made it");
            return Clicktrail.DONE;
        }
        print(decision.getParts(), decision.getScore(), decision.getThreshold());
        alert.getStagesMissing()
                .forEach(missing -> out.println("  missing: " + missing.getStage() + ", " + missing.getText()));
        out.println("  With its logs, './clicktrail explain LOGS --case " + alert.getAlertId()
                + "' also tries changes of tuning.");
        return Clicktrail.DONE;
    }

    private void print(Explanation explanation) {
        PrintStream out = terminal.results();
        out.println("evidence: " + counts(explanation.evidence()));
        explanation.missing().forEach(stage -> out.println("  no evidence of a stage: " + stage));
        if (explanation.chains().isEmpty()) {
            out.println("no chain was considered: no click, egress, write and execution belong together");
        }
        explanation.chains().stream().limit(SHOWN_CHAINS).forEach(chain -> print(chain, explanation));
        rest(explanation.chains().size() - SHOWN_CHAINS, "chains");
        if (!explanation.unchained().isEmpty()) {
            out.println("places with evidence and without a chain:");
            explanation.unchained().stream()
                    .limit(SHOWN_PLACES)
                    .forEach(place -> out.println("  " + safe(place.place()) + ", score " + place.score() + ", "
                            + counts(place.evidence()) + ": " + place.reason()));
            rest(explanation.unchained().size() - SHOWN_PLACES, "places");
        }
        if (!explanation.trusted().isEmpty()) {
            out.println("places that count as no egress:");
            new TreeMap<>(explanation.trusted())
                    .entrySet().stream()
                            .limit(SHOWN_PLACES)
                            .forEach(place -> out.println("  " + safe(place.getKey()) + ": " + safe(place.getValue())));
            rest(explanation.trusted().size() - SHOWN_PLACES, "places");
        }
    }

    private static String counts(Map<Stage, Integer> evidence) {
        return evidence.isEmpty()
                ? "none"
                : new TreeMap<>(evidence)
                        .entrySet().stream()
                                .map(entry -> entry.getValue() + " "
                                        + entry.getKey().name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "));
    }

    private void print(JudgedChain chain, Explanation explanation) {
        PrintStream out = terminal.results();
        Detection detection = chain.detection();
        out.println();
        out.println((chain.emitted() ? "case " : "no case ") + detection.getDetectionId() + ": "
                + safe(detection.getHost()) + ", " + safe(detection.getTenantKey()));
        for (StageEvidence member : detection.getEvidence()) {
            out.println("  " + member.getEvidence().getEvent().getTime() + "  " + member.getStage());
        }
        detection
                .getLinks()
                .forEach(link -> out.println("  " + link.getFromStage() + " to " + link.getToStage() + ": "
                        + link.getGrade() + ", " + safe(link.getReason())));
        for (MissingStage missing : detection.getMissing()) {
            out.println("  missing: " + missing.getStage() + ", " + missing.getReason());
        }
        print(chain.decision().getParts(), chain.decision().getScore(), chain.threshold());
        if (!chain.emitted()) {
            out.println("  decided by: " + decisive(chain));
        }
        TuningChange change = explanation.changes().get(detection.getDetectionId());
        if (change != null) {
            out.println("  smallest change: " + safe(change.element()));
            out.println("    " + change.effect()
                    + (change.verified() ? " (tried on these logs)" : " (not tried; name the case with --case)"));
        }
    }

    private static String decisive(JudgedChain chain) {
        var reasons = new ArrayList<String>();
        reasons.add("the sum is " + chain.shortfall() + " below ChainScore");
        chain.lowering().forEach(part -> reasons.add(part.getName() + " takes " + -part.getPoints()));
        var enough = chain.wouldDo();
        if (!enough.isEmpty()) {
            reasons.add("enough would be "
                    + enough.stream()
                            .map(part -> part.label() + " (+"
                                    + ChainWeights.builtIn().points(part) + ")")
                            .collect(Collectors.joining(" or ")));
        }
        return String.join("; ", reasons);
    }

    private void print(List<DecisionPart> parts, int score, int threshold) {
        PrintStream out = terminal.results();
        int sum = 0;
        for (DecisionPart part : parts) {
            sum += part.getPoints();
            out.printf(Locale.ROOT, "  %-22s %4d  %s%n", part.getName(), part.getPoints(), part.getMeaning());
        }
        out.printf(
                Locale.ROOT,
                "  %-22s %4d  %s%n",
                "score",
                score,
                (sum == score ? "" : "the sum is " + sum + "; a score is 0 to 100; ") + threshold + " makes a case");
    }

    private void rest(int more, String what) {
        if (more > 0) {
            terminal.results().println("and " + more + " more " + what);
        }
    }

    private static String safe(String text) {
        return SafeText.reveal(text);
    }
}
