package io.clicktrail.standalone;

import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.intel.feed.FeedFormat;
import io.clicktrail.enricher.intel.feed.IndicatorSink;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.intel.Indicator;
import io.clicktrail.standalone.replay.IntelFile;
import io.clicktrail.standalone.replay.TableWriter;
import io.clicktrail.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads indicators. */
@Command(name = "intel", description = "Loads indicators of feeds and analysts.", mixinStandardHelpOptions = true)
final class IntelCommand {
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    IntelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "load",
            description = {
                "Reads URLhaus CSV and JSON, PhishTank CSV, MISP events, STIX 2.1 bundles and plain lists, plain or",
                "compressed. The indicators are in force within seconds. Indicators of shared infrastructure are",
                "refused with the reason; expired and revoked ones are withdrawn."
            },
            mixinStandardHelpOptions = true)
    int load(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of indicators.") List<Path> files,
            @Option(
                            names = "--feed",
                            description = "Format of the files: ${COMPLETION-CANDIDATES} (default: detected).")
                    @Nullable
                    FeedFormat feed,
            @Option(names = "--source", paramLabel = "NAME", description = "Name of the source (default: by format).")
                    @Nullable
                    String source,
            @Option(
                            names = "--confidence",
                            paramLabel = "1-100",
                            description = "Confidence of entries without one (default: 70).")
                    @Nullable
                    Integer confidence,
            @Mixin ClusterOptions cluster)
            throws Exception {
        if (source != null && (source.isBlank() || source.chars().anyMatch(Character::isWhitespace))) {
            throw new ParameterException(spec.commandLine(), "--source must not contain blanks: '" + source + "'");
        }
        if (confidence != null && (confidence < 1 || confidence > 100)) {
            throw new ParameterException(spec.commandLine(), "--confidence is " + confidence + " but must be 1 to 100");
        }
        var catalogues = Catalogues.bundled();
        Instant now = Instant.now();
        Map<String, Object> clients = cluster.clients();
        long total = 0;
        try (var writer = new TableWriter<>(cluster.topics().intel(), clients)) {
            for (Path file : files) {
                var rows = new LoadedRows<>(writer, terminal, "entry");
                new IntelFile(file, feed, source, confidence).read(catalogues, now, now, sink(rows));
                total += rows.report(file, "expired or withdrawn");
            }
        }
        return total > 0 ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    private static IndicatorSink sink(LoadedRows<Indicator> rows) {
        return new IndicatorSink() {
            @Override
            public void take(Indicator indicator) {
                rows.take(IntelTable.key(indicator), indicator);
            }

            @Override
            public void withdraw(String key) {
                rows.withdraw(key);
            }

            @Override
            public void refuse(int line, String reason) {
                rows.refuse(line, reason);
            }
        };
    }
}
