package io.clicktrail.standalone;

import io.clicktrail.event.Platform;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.schemas.tuning.TuningFile;
import io.clicktrail.schemas.tuning.TuningSchema;
import io.clicktrail.standalone.backtest.BacktestReport;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.replay.TableWriter;
import io.clicktrail.standalone.replay.TopicReader;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.tuning.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** The tuning documents. */
@Command(
        name = "tuning",
        description = "Checks, changes and shows the mutable elements of the analytics, by platform.",
        mixinStandardHelpOptions = true)
final class TuningCommand {
    private final Terminal terminal;

    TuningCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "check",
            description = "Checks documents and prints file, line and reason of the first mistake. Needs no Kafka.",
            mixinStandardHelpOptions = true)
    int check(@Parameters(paramLabel = "FILE", arity = "1..*", description = "YAML or JSON.") List<Path> files)
            throws Exception {
        for (Path file : files) {
            terminal.say(file + ": " + summary(read(file)));
        }
        return Clicktrail.DONE;
    }

    @Command(
            name = "put",
            description = "Puts a document in force for its platform, within seconds and without a restart.",
            mixinStandardHelpOptions = true)
    int put(
            @Parameters(paramLabel = "FILE", description = "YAML or JSON.") Path file,
            @Option(
                            names = "--force",
                            description = "Also a document that silences its platform, with an alert that says so.")
                    boolean force,
            @Option(
                            names = "--backtested",
                            paramLabel = "REPORT",
                            description = {
                                "What 'backtest --json' printed for this document; its result and its SHA-256 go to",
                                "the audit topic with the change."
                            })
                    @Nullable
                    Path report,
            @Mixin ClusterOptions cluster)
            throws Exception {
        Tuning document = Objects.requireNonNull(
                (force ? ReferenceData.ofForcedTuning(file) : ReferenceData.ofTuning(file)).tuning());
        if (report != null) {
            document = Tuning.newBuilder(document)
                    .setBacktest(backtest(report, document))
                    .build();
        }
        try (var writer = new TableWriter<>(cluster.topics().tuning(), cluster.clients())) {
            writer.put(document.getPlatform().name(), document);
        }
        terminal.say("in force: " + summary(document));
        return Clicktrail.DONE;
    }

    private static String backtest(Path report, Tuning document) throws UnreadableLogException {
        try {
            String summary = BacktestReport.summary(Files.readAllBytes(report), document);
            if (summary == null) {
                throw new UnreadableLogException(
                        report + " is no backtest of this document of " + document.getPlatform());
            }
            return summary;
        } catch (IOException e) {
            throw UnreadableLogException.in(report, e);
        } catch (JacksonException e) {
            throw new UnreadableLogException(report + " is no JSON document");
        }
    }

    @Command(
            name = "get",
            description = "Prints the documents in force as YAML, the built-in ones where nothing was put.",
            mixinStandardHelpOptions = true)
    int get(
            @Parameters(
                            paramLabel = "PLATFORM",
                            arity = "0..1",
                            description = "WINDOWS, LINUX or MACOS (default: all).")
                    @Nullable
                    Platform platform,
            @Mixin ClusterOptions cluster)
            throws Exception {
        Map<Platform, Tuning> inForce = new EnumMap<>(Platform.class);
        BuiltInTuning.PLATFORMS.forEach(each -> inForce.put(each, BuiltInTuning.of(each)));
        TopicReader.readAll(
                cluster.clients(),
                cluster.topics().tuning(),
                record -> BuiltInTuning.PLATFORMS.stream()
                        .filter(each -> each.name().equals(record.key()))
                        .forEach(each ->
                                inForce.put(each, record.value() == null ? BuiltInTuning.of(each) : record.value())));
        inForce.values().stream()
                .filter(document -> platform == null || document.getPlatform() == platform)
                .forEach(document -> terminal.results().println("---\n" + TuningFile.write(document)));
        return Clicktrail.DONE;
    }

    @Command(
            name = "diff",
            description = {
                "Prints the elements in which a document differs from another of its platform, or from the built-in",
                "one. Needs no Kafka; './clicktrail backtest' says what the difference does."
            },
            mixinStandardHelpOptions = true)
    int diff(
            @Parameters(paramLabel = "NEW", index = "0", description = "YAML or JSON.") Path after,
            @Parameters(paramLabel = "OLD", index = "1", arity = "0..1", description = "YAML or JSON.") @Nullable
                    Path before)
            throws Exception {
        Tuning now = read(after);
        Tuning old = before == null ? BuiltInTuning.of(now.getPlatform()) : read(before);
        TuningFile.differences(old, now)
                .forEach((name, values) ->
                        terminal.results().println(name + ": " + values.getFirst() + " becomes " + values.getLast()));
        return Clicktrail.DONE;
    }

    @Command(
            name = "schema",
            description = "Prints the JSON Schema of tuning documents, for editors.",
            mixinStandardHelpOptions = true)
    int schema() {
        terminal.results().println(TuningSchema.json());
        return Clicktrail.DONE;
    }

    private static Tuning read(Path file) throws Exception {
        return Objects.requireNonNull(ReferenceData.ofTuning(file).tuning());
    }

    private static String summary(Tuning document) {
        return document.getPlatform() + ", version " + document.getVersion();
    }
}
