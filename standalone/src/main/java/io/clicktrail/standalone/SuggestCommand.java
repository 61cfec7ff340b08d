package io.clicktrail.standalone;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.engine.backtest.CaseChange;
import io.clicktrail.engine.suggest.TuningSuggestion;
import io.clicktrail.engine.suggest.TuningSuggestions;
import io.clicktrail.event.Platform;
import io.clicktrail.schemas.tuning.TuningCheck;
import io.clicktrail.schemas.tuning.TuningFile;
import io.clicktrail.schemas.tuning.TuningProblem;
import io.clicktrail.standalone.backtest.BacktestInput;
import io.clicktrail.standalone.backtest.BacktestReport;
import io.clicktrail.standalone.backtest.TuningComparison;
import io.clicktrail.standalone.replay.AlertSource;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.tuning.AllowScope;
import io.clicktrail.tuning.Tuning;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proposes tuning from verdicts. */
@Command(
        name = "suggest",
        description = {
            "Reads the verdicts that analysts gave, and prints documents that would have spared the wrong cases:",
            "allow-list entries that expire, or a higher ChainScore. With LOGS or --from it also judges those records",
            "by them, and gives each entry the narrowest scope that is enough. Nothing is put in force."
        },
        mixinStandardHelpOptions = true)
final class SuggestCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--alerts",
            paramLabel = "FILE",
            description = "Cases with their verdicts in Avro (default: those of the installation).")
    private @Nullable Path alerts;

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            defaultValue = "soc",
            description = "Who answers for the allow-list entries (default: ${DEFAULT-VALUE}).")
    private String owner = "";

    @Mixin
    private BacktestOptions options = new BacktestOptions();

    SuggestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        EngineSettings settings = options.settings();
        @Nullable BacktestInput input = options.isGiven() ? options.input(settings.catalogues(), terminal) : null;
        Map<Platform, Tuning> inForce = input == null ? BacktestOptions.builtIn() : input.inForce();
        List<Alert> cases =
                alerts == null ? AlertSource.all(options.clients(), options.topics()) : AlertSource.all(alerts);
        var suggestions = new ArrayList<TuningSuggestion>();
        for (TuningSuggestion suggestion : TuningSuggestions.of(cases, inForce, owner, Instant.now())) {
            @Nullable TuningProblem refused = refused(suggestion, inForce, settings);
            if (refused == null) {
                suggestions.add(suggestion);
            } else {
                terminal.say("no entry for " + SafeText.reveal(suggestion.reason()) + ": "
                        + SafeText.reveal(refused.toString()));
            }
        }
        if (suggestions.isEmpty()) {
            terminal.say(cases.size() + " cases; their verdicts speak for no change.");
            return Clicktrail.DONE;
        }
        print(suggestions, inForce, input == null ? null : effect(suggestions, input, inForce, settings));
        return Clicktrail.DONE;
    }

    /** Judges the records by all suggestions, with wider scopes where cases are left that they should spare. */
    private static TuningComparison effect(
            List<TuningSuggestion> suggestions,
            BacktestInput input,
            Map<Platform, Tuning> inForce,
            EngineSettings settings)
            throws Exception {
        while (true) {
            var compared = TuningComparison.of(input, settings, inForce, applied(suggestions, inForce));
            Set<String> left = compared.after().stream().map(Alert::getAlertId).collect(Collectors.toSet());
            boolean isWidened = false;
            for (int i = 0; i < suggestions.size(); i++) {
                if (suggestions.get(i) instanceof TuningSuggestion.AllowPlace place
                        && place.scope() == AllowScope.DOMAIN_SCORE
                        && place.wrong().stream().anyMatch(alert -> left.contains(alert.getAlertId()))) {
                    suggestions.set(i, place.with(AllowScope.EGRESS_STAGE));
                    isWidened = true;
                }
            }
            if (!isWidened) {
                return compared;
            }
        }
    }

    private void print(
            List<TuningSuggestion> suggestions, Map<Platform, Tuning> inForce, @Nullable TuningComparison compared) {
        PrintStream out = terminal.results();
        applied(suggestions, inForce).forEach((platform, document) -> {
            if (!document.equals(inForce.get(platform))) {
                out.println("---");
                suggestions.stream()
                        .filter(suggestion -> suggestion.platform() == platform)
                        .forEach(suggestion -> out.println("# " + SafeText.reveal(suggestion.reason())));
                out.print(TuningFile.write(document));
            }
        });
        if (compared == null) {
            terminal.say("Not tried on any records; name LOGS or --from.");
            return;
        }
        BacktestReport.print(compared, terminal.messages());
        Set<String> gone = compared.changes().stream()
                .filter(change -> change.kind() == CaseChange.Kind.DISAPPEARS)
                .map(change -> change.shown().getAlertId())
                .collect(Collectors.toSet());
        suggestions.forEach(suggestion -> {
            long spared = suggestion.wrong().stream()
                    .filter(alert -> gone.contains(alert.getAlertId()))
                    .count();
            terminal.say(SafeText.reveal(suggestion.reason()) + ": the change silences " + spared + " of "
                    + suggestion.wrong().size() + " of them in these records");
        });
    }

    private static Map<Platform, Tuning> applied(List<TuningSuggestion> suggestions, Map<Platform, Tuning> inForce) {
        var documents = new EnumMap<Platform, Tuning>(inForce);
        for (TuningSuggestion suggestion : suggestions) {
            documents.computeIfPresent(suggestion.platform(), (platform, document) -> suggestion.applied(document));
        }
        documents.replaceAll((platform, document) -> document.equals(inForce.get(platform))
                ? document
                : Tuning.newBuilder(document)
                        .setVersion(document.getVersion() + "-suggested")
                        .build());
        return documents;
    }

    private static @Nullable TuningProblem refused(
            TuningSuggestion suggestion, Map<Platform, Tuning> inForce, EngineSettings settings) {
        Tuning document = inForce.get(suggestion.platform());
        List<TuningProblem> problems = document == null
                ? List.of()
                : TuningCheck.problems(
                        suggestion.applied(document), settings.catalogues().rules());
        return problems.isEmpty() ? null : problems.getFirst();
    }
}
