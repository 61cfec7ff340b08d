package io.clicktrail.standalone;

import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.event.Platform;
import io.clicktrail.schemas.Topics;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.standalone.backtest.BacktestInput;
import io.clicktrail.standalone.backtest.BacktestReport;
import io.clicktrail.standalone.backtest.ClusterInput;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.tuning.Tuning;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a backtest judges: log files, or what an installation has read. */
final class BacktestOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "LOGS", arity = "0..*", description = "Log files, or folders of log files.")
    private List<Path> logs = List.of();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = {
                "Without LOGS: judges the events of a running installation that were delivered from then on, such as",
                "2026-03-01T08:00:00Z. Reads only."
            })
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "With --from: end of the span (default: now).")
    private @Nullable Instant to;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private LogOptions options = new LogOptions();

    EngineSettings settings() throws UnreadableLogException {
        return options.settings();
    }

    /** True where records are named. */
    boolean isGiven() {
        return !logs.isEmpty() || from != null || to != null;
    }

    Topics topics() {
        return cluster.topics();
    }

    Map<String, Object> clients() throws UnreadableLogException {
        return cluster.clients();
    }

    /** The built-in documents. */
    static Map<Platform, Tuning> builtIn() {
        var documents = new EnumMap<Platform, Tuning>(Platform.class);
        BuiltInTuning.PLATFORMS.forEach(platform -> documents.put(platform, BuiltInTuning.of(platform)));
        return documents;
    }

    /** The records, with the tables of the cluster or of files. */
    BacktestInput input(Catalogues catalogues, Terminal terminal) throws UnreadableLogException {
        if (logs.isEmpty() == (from == null) || (from == null && to != null)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "give either LOGS, or --from and perhaps --to");
        }
        if (from == null) {
            return new Files(logs, options.tables(catalogues), terminal);
        }
        Instant end = to == null ? Instant.now() : to;
        if (!from.isBefore(end)) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "--from must be before --to");
        }
        return new ClusterInput(cluster.clients(), cluster.topics(), from, end, terminal);
    }

    /** Digest of the records by name, size and time of change, of what they are judged with, and of this release. */
    String digest(EngineSettings settings, Map<Platform, Tuning> before, Map<Platform, Tuning> after)
            throws UnreadableLogException {
        if (from != null && to == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--resume needs --to: the end must stay the same");
        }
        var text = new StringBuilder(new Version().getVersion()[0])
                .append(from)
                .append('|')
                .append(to);
        text.append(cluster.topics().prefix()).append(new TreeMap<>(settings.services()));
        text.append(options.inShort());
        for (LogFile file : logs.isEmpty() ? List.<LogFile>of() : LogFiles.find(logs)) {
            text.append('|').append(LogOptions.inShort(file.path()));
        }
        text.append(new TreeMap<>(before)).append(new TreeMap<>(after));
        return BacktestReport.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Documents by platform.
     *
     * @param otherwise where no file is for a platform
     */
    static Map<Platform, Tuning> documents(List<Path> files, Map<Platform, Tuning> otherwise, Catalogues catalogues)
            throws UnreadableLogException {
        var documents = new EnumMap<Platform, Tuning>(otherwise);
        for (Path file : files) {
            Tuning document = Objects.requireNonNull(ReferenceData.read(catalogues, file, null, List.of(), List.of())
                    .tuning());
            documents.put(document.getPlatform(), document);
        }
        return documents;
    }

    /** Log files. */
    private record Files(List<Path> logs, ReferenceData tables, Terminal terminal) implements BacktestInput {

        @Override
        public Map<Platform, Tuning> inForce() {
            return builtIn();
        }

        @Override
        public void load(Engine engine) {
            tables.load(engine);
        }

        @Override
        public void play(List<Engine> engines, String what) throws Exception {
            LogOptions.play(logs, engines, terminal, what);
        }
    }
}
