package io.clicktrail.standalone;

import io.clicktrail.engine.EngineSettings;
import io.clicktrail.event.Platform;
import io.clicktrail.standalone.backtest.BacktestInput;
import io.clicktrail.standalone.backtest.BacktestReport;
import io.clicktrail.standalone.backtest.KeptPass;
import io.clicktrail.standalone.backtest.TuningComparison;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.tuning.Tuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges what was recorded by two tunings. */
@Command(
        name = "backtest",
        description = {
            "Judges recorded raw logs, or the events that a running installation has kept, by two tunings in one pass,",
            "in this process, and prints which cases appear, disappear, or change tier or severity, each with its",
            "reason. The ids are those of live cases."
        },
        mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--tuning",
            paramLabel = "FILE",
            required = true,
            description = "New tuning document; may be repeated, one a platform.")
    private List<Path> tuning = List.of();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = {
                "Old tuning document (default: the built-in ones, with --from those in force); may be repeated, one a",
                "platform."
            })
    private List<Path> against = List.of();

    @Option(names = "--json", description = "Prints one JSON document, which 'tuning put --backtested' takes.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Writes the differences, and each case that differs as a page, to one file that needs no network.")
    private @Nullable Path html;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = {
                "Keeps what the first of the two passes over the records gave until the backtest is done: the same",
                "command with the same FILE goes on with the second. With --from it needs --to."
            })
    private @Nullable Path resume;

    @Mixin
    private BacktestOptions options = new BacktestOptions();

    BacktestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        EngineSettings settings = options.settings();
        BacktestInput input = options.input(settings.catalogues(), terminal);
        Map<Platform, Tuning> before = BacktestOptions.documents(against, input.inForce(), settings.catalogues());
        Map<Platform, Tuning> after = BacktestOptions.documents(tuning, before, settings.catalogues());
        KeptPass kept = resume == null ? null : new KeptPass(resume, options.digest(settings, before, after));
        if (kept != null && Files.exists(kept.file())) {
            terminal.say("Goes on with the second pass: the first is in " + kept.file() + ".");
        }
        var compared = TuningComparison.of(input, settings, before, after, kept);
        if (html != null) {
            Files.writeString(html, BacktestReport.html(compared));
            terminal.say("Written to " + html + ".");
        }
        if (json) {
            terminal.results().println(BacktestReport.json(compared, after));
        } else {
            BacktestReport.print(compared, terminal.results());
        }
        if (kept != null) {
            kept.delete();
        }
        return Clicktrail.DONE;
    }
}
