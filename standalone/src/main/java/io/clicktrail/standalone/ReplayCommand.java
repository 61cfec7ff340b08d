package io.clicktrail.standalone;

import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.alerter.render.RenderOptions;
import io.clicktrail.alerter.render.TextStyle;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.standalone.delivery.DelayedDeliveries;
import io.clicktrail.standalone.delivery.Deliveries;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.delivery.RepeatedDeliveries;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.LocalReplay;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays log files through the real stack. */
@Command(
        name = "replay",
        description = {
            "Plays raw log files through Kafka, the schema registry and the four services on this machine, waits until",
            "all is processed, and prints the cases. Files may be plain, gzip or zstd; folders are read recursively."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    /** One partition keeps the order of delivery through all services, so a replay gives the same result as live. */
    static final int PARTITIONS = 1;

    private static final long MIN_SPACE_BYTES = 1L << 30;
    private static final int SPACE_PER_BYTE = 3;

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Log files, or folders of log files.")
    private List<Path> paths = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Output file for the cases (default: standard output).")
    private @Nullable Path out;

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "Format of the cases: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private CaseFormat format = CaseFormat.TEXT;

    @Option(
            names = "--tuning",
            paramLabel = "FILE",
            description = "Tuning document of one platform, YAML or JSON (default: the built-in ones).")
    private @Nullable Path tuning;

    @Mixin
    private ReferenceOptions reference = new ReferenceOptions();

    @Option(
            names = "--late",
            paramLabel = "DURATION",
            description = "Delay each record by a random time up to this, so that records arrive out of order.")
    private @Nullable Duration late;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of --late: the same one gives the same delays (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--twice", description = "Deliver each record twice.")
    private boolean twice;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "stack",
            description = {
                "stack plays through Kafka, the registry and the services; local judges in this process, without",
                "Kafka, with the same result (default: ${DEFAULT-VALUE})."
            })
    private EngineChoice engine = EngineChoice.STACK;

    @Mixin
    private FormOptions form = new FormOptions();

    @Mixin
    private PortOptions ports = new PortOptions();

    ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (!format.isText() && out == null && terminal.interactive()) {
            throw new ParameterException(spec.commandLine(), format + " is not for terminals: give a file with --out");
        }
        List<LogFile> files = LogFiles.find(paths);
        ReferenceData tables = reference.read(Catalogues.bundled(), tuning);
        long total = files.stream().mapToLong(LogFile::bytes).sum();
        try (var merged = new MergedDeliveries(
                        files, Stack.MAX_RECORD_BYTES, new EventTimeReader(), System.currentTimeMillis());
                Deliveries deliveries = asAsked(merged);
                OutputStream cases = opened()) {
            Replay.Result result = play(tables, deliveries, merged::position, total);
            TextStyle style = terminal.colour() && out == null ? TextStyle.ANSI : TextStyle.PLAIN;
            format.write(result.cases(), RenderOptions.styled(style), cases);
            Summary.print(terminal, result);
            if (merged.oversized() > 0) {
                terminal.say(merged.oversized() + " records were longer than " + (Stack.MAX_RECORD_BYTES >> 20)
                        + " MB and were cut there");
            }
            return result.counts().normalized() > 0 ? Clicktrail.DONE : nothingUnderstood();
        }
    }

    private Replay.Result play(ReferenceData tables, Deliveries deliveries, LongSupplier position, long total)
            throws Exception {
        return switch (engine) {
            case LOCAL -> {
                try (var local = new Engine(EngineSettings.defaults().with(form.in(reference.settings())))) {
                    tables.load(local);
                    yield new LocalReplay(terminal).play(local, deliveries, position, total);
                }
            }
            case STACK -> {
                WorkFolder folder = WorkFolder.create();
                folder.requireSpace(MIN_SPACE_BYTES + SPACE_PER_BYTE * total);
                var settings =
                        new StackSettings(
                        folder, ports.broker, ports.registry, PARTITIONS, true, form.in(reference.settings()));
                try (var running = RunningStack.of(settings, terminal)) {
                    yield running.play(tables, deliveries, position, total);
                }
            }
        };
    }

    private Deliveries asAsked(Deliveries merged) throws UnreadableLogException {
        Deliveries asked = twice ? new RepeatedDeliveries(merged) : merged;
        return late == null ? asked : new DelayedDeliveries(asked, late, seed);
    }

    private OutputStream opened() throws UnreadableLogException {
        if (out == null) {
            return terminal.results();
        }
        try {
            return Files.newOutputStream(out);
        } catch (IOException e) {
            throw UnreadableLogException.unwritable(out, e);
        }
    }

    private int nothingUnderstood() {
        terminal.say(
                "clicktrail: no record in these files could be parsed; './clicktrail normalize' prints the reasons");
        return Clicktrail.NOT_UNDERSTOOD;
    }
}
